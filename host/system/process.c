// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FIRST_PRIVATE_DESCRIPTOR = 3, DESCRIPTOR_LIMIT = 65536 };

// A descriptor 0 to 2 that is closed would be given to the next file that is opened: to the ledger, for instance.
static bool open_missing_descriptors(void) {
  for (int descriptor = 0; descriptor < FIRST_PRIVATE_DESCRIPTOR; descriptor++)
    if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) != descriptor) return false;
  return true;
}

// Firefox 153 leaves an extra pipe open as descriptor 3.
static void close_inherited_descriptors(void) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, (unsigned)FIRST_PRIVATE_DESCRIPTOR, ~0U, 0U) == 0) return;
#endif
  long limit = sysconf(_SC_OPEN_MAX);
  if (limit < 0 || limit > DESCRIPTOR_LIMIT) limit = DESCRIPTOR_LIMIT;
  for (int descriptor = FIRST_PRIVATE_DESCRIPTOR; descriptor < (int)limit; descriptor++) (void)close(descriptor);
}

// A wrapper that starts the host with 2>&1 would let every warning into the frames.
static bool errors_go_to_frames(void) {
  struct stat out;
  struct stat errors;
  if (fstat(STDOUT_FILENO, &out) != 0 || fstat(STDERR_FILENO, &errors) != 0) return false;
  return out.st_dev == errors.st_dev && out.st_ino == errors.st_ino && (S_ISFIFO(out.st_mode) || S_ISSOCK(out.st_mode));
}

enum prd_error prd_process_guard_descriptors(int *frames_out) {
  if (!open_missing_descriptors()) return PRD_ERROR_IO;
  close_inherited_descriptors();
  int frames = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, FIRST_PRIVATE_DESCRIPTOR);
  if (frames < 0) return PRD_ERROR_IO;
  if (errors_go_to_frames()) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0 || dup2(null, STDERR_FILENO) < 0) return PRD_ERROR_IO;
    (void)close(null);
  }
  if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return PRD_ERROR_IO;
  *frames_out = frames;
  return PRD_OK;
}

// Every decision is committed before its reply leaves: there is nothing to finish.
static void end_at_once(int signal_number) {
  (void)signal_number;
  _exit(0);
}

void prd_process_set_signals(void) {
  (void)signal(SIGPIPE, SIG_IGN);
  struct sigaction action = {.sa_handler = end_at_once};
  (void)sigaction(SIGTERM, &action, NULL);
  // A launcher that blocks signals passes its mask on.
  sigset_t unblocked;
  (void)sigemptyset(&unblocked);
  (void)sigaddset(&unblocked, SIGTERM);
  (void)sigprocmask(SIG_UNBLOCK, &unblocked, NULL);
}

// A limit of 0 would not do: Linux still starts the crash reporter that /proc/sys/kernel/core_pattern names with a pipe.
// Of 1 byte, it makes neither a file nor a pipe (linux/fs/coredump.c: the limit of a reporter that crashes itself).
void prd_process_forbid_core_dumps(void) {
  const struct rlimit none = {.rlim_cur = 1, .rlim_max = 1};
  const struct rlimit zero = {0};
  // A launcher that has already forbidden more does not let us raise it to 1.
  if (setrlimit(RLIMIT_CORE, &none) != 0) (void)setrlimit(RLIMIT_CORE, &zero);
}

void prd_process_leave_directory(void) {
  // It fails only in a root that we may not enter, and then the old directory serves as well.
  if (chdir("/") != 0) return;
}
