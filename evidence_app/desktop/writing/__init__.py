"""Writing an entry: form, files, review and sealing; drafts."""
