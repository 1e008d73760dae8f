/* Starts the program beside it: python\pythonw.exe -B -m evidence_app, with the words that it was given. It has no console and waits for
   nothing; what it starts is the signed pythonw.exe. Without it a shortcut would need a full path, which a stick does not have. */

#ifndef UNICODE
#define UNICODE
#endif
#include <windows.h>
#include <wchar.h>

enum { LONGEST = 32767 };

static int could_not(const wchar_t *what)
{
    MessageBoxW(NULL, what, L"Evidence Trail", MB_ICONERROR | MB_OK);
    return 3;
}

static wchar_t line[LONGEST + 1], folder[LONGEST + 1];

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR words, int show)
{
    (void)instance; (void)before; (void)show;
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (length == 0 || length >= LONGEST) return could_not(L"The folder of the program cannot be found.");
    wchar_t *end = wcsrchr(folder, L'\\');
    if (end == NULL) return could_not(L"The folder of the program cannot be found.");
    *end = 0;
    if (wcslen(folder) + wcslen(words) + 80 > LONGEST) return could_not(L"The path of the program or of the file is too long.");
    swprintf(line, LONGEST, L"\"%ls\\python\\pythonw.exe\" -B -m evidence_app %ls", folder, words);
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION made;
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &made))
        return could_not(L"The program cannot be started: its files are not all here. Unpack the whole archive, and start it from there.");
    CloseHandle(made.hThread);
    CloseHandle(made.hProcess);
    return 0;
}
