"""Mails that other programs keep or write in their own way: Apple Mail's files, mailboxes without blank lines, several authors, parts without names."""

from evidence_app.mail.reading import Container, container_of, mails_in_mbox, read_mail

HEAD = "To: c@x.example\nDate: Mon, 6 Jul 2026 10:00:00 +0100\nMessage-ID: <1@x.example>\n"
MAIL = f"From: A. Moor <a@x.example>\nSubject: The rota\n{HEAD}\nWords of it.\n".encode()


def test_a_mail_as_apple_mail_keeps_it() -> None:
    kept = f"{len(MAIL)}      \n".encode() + MAIL + b'<?xml version="1.0"?><plist><dict/></plist>\n'
    for name in ("1.emlx", "1.partial.emlx", "1"):
        assert container_of(kept, name) is Container.INTERNET
    mail = read_mail(kept, Container.INTERNET)
    assert (mail.sender, mail.subject, mail.text.strip()) == ("A. Moor <a@x.example>", "The rota", "Words of it.")
    assert mail.message_id == "<1@x.example>"


def test_a_text_that_begins_with_a_number_is_no_mail() -> None:
    assert container_of(b"1234\nwords of a list\nfrom: nobody\n", "list.txt") is Container.NONE


def test_a_mailbox_without_blank_lines_before_its_dividers() -> None:
    divider = b"From a@x.example Mon Jul  6 10:00:00 2026\n"
    box = divider + MAIL + divider + MAIL + b"\n" + divider + MAIL
    assert len(list(mails_in_mbox(box))) == 3


def test_a_line_of_words_that_begins_with_from_divides_nothing() -> None:
    words = b"From the office, Mon Jul  6 2026\nFrom: is what the list says\n"
    assert len(list(mails_in_mbox(b"From a@x.example Mon Jul  6 10:00:00 2026\n" + MAIL + words))) == 1


def test_of_several_authors_the_others_are_named() -> None:
    mail = read_mail(f"From: A <a@x.example>, B <b@x.example>\n{HEAD}\nhi".encode(), Container.INTERNET)
    assert mail.sender == "A <a@x.example>"
    assert ("Also from", "B <b@x.example>") in mail.details
    assert not [label for label, _ in read_mail(MAIL, Container.INTERNET).details if label == "Also from"]


def test_parts_without_a_name_get_the_ending_of_their_type() -> None:
    parts = "".join(
        f"--b\nContent-Type: {kind}\nContent-Disposition: attachment\n\nwords\n"
        for kind in ("text/csv", "text/markdown", "application/pdf")
    )
    mixed = f"From: a@x.example\n{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n{parts}--b--\n"
    names = [file.name for file in read_mail(mixed.encode(), Container.INTERNET).files]
    assert [name.rpartition(".")[2] for name in names] == ["csv", "txt", "pdf"]
