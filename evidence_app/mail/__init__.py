"""Mail: .eml, .msg, TNEF and mbox in; receipts and delivery reports understood; drafts out. Bytes in, values out."""
