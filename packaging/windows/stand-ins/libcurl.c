/* Stands in for libcurl, which Tesseract links so that it can fetch a picture from an address. This program gives it pictures in memory,
   and nothing in it but one module may open a connection: so here is nothing that could. Every call says that it cannot. */

enum { COULD_NOT = 2 }; /* CURLE_FAILED_INIT */

__declspec(dllexport) void *curl_easy_init(void) { return 0; }
__declspec(dllexport) int curl_easy_setopt(void *handle, int option, ...) { (void)handle; (void)option; return COULD_NOT; }
__declspec(dllexport) int curl_easy_perform(void *handle) { (void)handle; return COULD_NOT; }
__declspec(dllexport) void curl_easy_cleanup(void *handle) { (void)handle; }
__declspec(dllexport) const char *curl_easy_strerror(int code) { (void)code; return "left out"; }
