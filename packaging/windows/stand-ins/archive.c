/* Stands in for libarchive, with which Tesseract opens data files that are archives. The data files here are none: it asks for a reader, is
   told that there is none, and reads the file by itself. With libarchive go the libraries under it, among them ICU with 36 MB. */

#include <stddef.h>

enum { FATAL = -30 }; /* ARCHIVE_FATAL */

__declspec(dllexport) void *archive_read_new(void) { return 0; }
__declspec(dllexport) int archive_read_free(void *reader) { (void)reader; return FATAL; }
__declspec(dllexport) int archive_read_support_filter_all(void *reader) { (void)reader; return FATAL; }
__declspec(dllexport) int archive_read_support_format_all(void *reader) { (void)reader; return FATAL; }
__declspec(dllexport) int archive_read_open_filename(void *reader, const char *name, size_t block) { (void)reader; (void)name; (void)block; return FATAL; }
__declspec(dllexport) int archive_read_next_header(void *reader, void **entry) { (void)reader; (void)entry; return FATAL; }
__declspec(dllexport) ptrdiff_t archive_read_data(void *reader, void *into, size_t length) { (void)reader; (void)into; (void)length; return FATAL; }
__declspec(dllexport) const char *archive_entry_pathname(void *entry) { (void)entry; return ""; }
__declspec(dllexport) long long archive_entry_size(void *entry) { (void)entry; return 0; }
