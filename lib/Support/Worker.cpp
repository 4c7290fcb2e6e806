//===- Support/Worker.cpp -----------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Worker.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/ErrorHandling.h"
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <new>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace brian2lift {
namespace {

constexpr bool IsSanitized = LLVM_ADDRESS_SANITIZER_BUILD;
/// Linux keeps 128 MiB free below a stack, whatever its limit was at the start.
constexpr rlim_t StackSize = 100U << 20;
/// On the clock, for one second of processor time.
constexpr unsigned Patience = 6;
/// How a child ends that got no more memory.
constexpr int OutOfMemory = 3;

/// Memory that both processes see, and that outlives the child.
struct Mark {
  unsigned Line, Column;
  char File[1024];
};
Mark *CurrentMark = nullptr;

class SharedMark {
public:
  SharedMark() {
    void *Memory = ::mmap(nullptr, sizeof(Mark), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (Memory != MAP_FAILED)
      CurrentMark = static_cast<Mark *>(Memory);
  }
  SharedMark(const SharedMark &) = delete;
  SharedMark &operator=(const SharedMark &) = delete;
  ~SharedMark() {
    if (CurrentMark)
      ::munmap(CurrentMark, sizeof(Mark));
    CurrentMark = nullptr;
  }

  static SourcePlace last() {
    if (!CurrentMark)
      return {};
    const char *File = CurrentMark->File;
    return {std::string(File, ::strnlen(File, sizeof(Mark::File))),
            CurrentMark->Line, CurrentMark->Column};
  }
};

void limit(int Resource, rlim_t Soft, rlim_t Hard) {
  rlimit L;
  if (::getrlimit(Resource, &L))
    return;
  // An infinite limit is the largest number.
  L.rlim_max = std::min(L.rlim_max, Hard);
  L.rlim_cur = std::min(Soft, L.rlim_max);
  ::setrlimit(Resource, &L);
}

void limit(int Resource, rlim_t Value) { limit(Resource, Value, Value); }

[[noreturn]] void endWithoutMemory() { ::_exit(OutOfMemory); }

/// From here on the process is only good for untrusted work.
void confine(const WorkerLimits &Limits, pid_t Parent) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (::getppid() != Parent)
    ::_exit(1);
  for (int Signal : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGXCPU})
    if (!IsSanitized)
      ::signal(Signal, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, Limits.Seconds, Limits.Seconds + 1);
  limit(RLIMIT_STACK, StackSize, RLIM_INFINITY);
  if (IsSanitized)
    return;
  limit(RLIMIT_AS, rlim_t(Limits.Mebibytes) << 20);
  std::set_new_handler(endWithoutMemory);
  llvm::install_bad_alloc_error_handler(
      [](void *, const char *, bool) { endWithoutMemory(); });
  // Libraries have their own last words; the parent's are enough.
  int Nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (Nowhere >= 0)
    ::dup2(Nowhere, STDERR_FILENO);
}

bool writeAll(int FD, llvm::StringRef Bytes) {
  while (!Bytes.empty()) {
    ssize_t N = ::write(FD, Bytes.data(), Bytes.size());
    if (N < 0 && errno != EINTR)
      return false;
    Bytes = Bytes.drop_front(std::max<ssize_t>(N, 0));
  }
  return true;
}

/// Reads up to the end of the other side; false when that takes too long.
bool readAll(int FD, std::string &Bytes, std::chrono::seconds Time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point End = Clock::now() + Time;
  char Buffer[1U << 16];
  while (true) {
    auto Left = std::chrono::ceil<std::chrono::milliseconds>(End - Clock::now())
                    .count();
    if (Left <= 0)
      return false;
    pollfd Wait{FD, POLLIN, 0};
    int Ready = ::poll(&Wait, 1, int(std::min<decltype(Left)>(Left, INT_MAX)));
    if (Ready == 0)
      continue;
    ssize_t N = Ready < 0 ? -1 : ::read(FD, Buffer, sizeof(Buffer));
    if (N == 0 || (N < 0 && errno != EINTR))
      return true;
    Bytes.append(Buffer, std::max<ssize_t>(N, 0));
  }
}

/// The two numbers that an answer begins with.
struct Header {
  int Status;
  size_t DataSize;
};

bool send(int FD, const Answer &A) {
  Header H{A.Status, A.Data.size()};
  return writeAll(FD, {reinterpret_cast<const char *>(&H), sizeof(H)}) &&
         writeAll(FD, A.Data) && writeAll(FD, A.Messages);
}

Answer unpack(llvm::StringRef Bytes) {
  Header H;
  std::memcpy(&H, Bytes.data(), sizeof(H));
  Bytes = Bytes.drop_front(sizeof(H));
  return {Bytes.take_front(H.DataSize).str(),
          Bytes.drop_front(H.DataSize).str(), H.Status};
}

/// Says how a child ended that has no answer.
void reportEnd(int Status, bool TookTooLong, const WorkerLimits &Limits,
               Diagnostics &Diags) {
  SourcePlace Place = SharedMark::last();
  llvm::StringRef What = Place ? "this" : "the project";
  if (TookTooLong || (WIFSIGNALED(Status) && WTERMSIG(Status) == SIGXCPU))
    Diags.report(DiagId::TimeLimit, Place) << What << Limits.Seconds;
  else if (WIFEXITED(Status) && WEXITSTATUS(Status) == OutOfMemory)
    Diags.report(DiagId::MemoryLimit, Place) << What << Limits.Mebibytes;
  else
    Diags.report(DiagId::WorkerCrashed, Place)
        << What
        << (WIFSIGNALED(Status)
                ? ::strsignal(WTERMSIG(Status))
                : "exit status " + std::to_string(WEXITSTATUS(Status)));
}

} // namespace

std::optional<Answer> runInWorker(const WorkerLimits &Limits,
                                  llvm::function_ref<Answer()> Work,
                                  Diagnostics &Diags) {
  SharedMark Shared;
  int Pipe[2];
  const pid_t Parent = ::getpid();
  const pid_t Child = ::pipe(Pipe) ? -1 : ::fork();
  if (Child < 0) {
    Diags.report(DiagId::WorkerNotStarted) << std::strerror(errno);
    return std::nullopt;
  }
  if (Child == 0) {
    ::close(Pipe[0]);
    confine(Limits, Parent);
    // Without the destructors of a process that ends anyway.
    ::_exit(send(Pipe[1], Work()) ? 0 : 1);
  }

  ::close(Pipe[1]);
  std::string Bytes;
  const bool InTime =
      readAll(Pipe[0], Bytes, Patience * std::chrono::seconds(Limits.Seconds));
  ::close(Pipe[0]);
  if (!InTime)
    ::kill(Child, SIGKILL);
  int Status = 0;
  while (::waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  if (InTime && WIFEXITED(Status) && WEXITSTATUS(Status) == 0)
    return unpack(Bytes);
  reportEnd(Status, !InTime, Limits, Diags);
  return std::nullopt;
}

void markPlace(const SourcePlace &Place) {
  if (!CurrentMark)
    return;
  static std::mutex OneAtATime;
  std::lock_guard<std::mutex> Lock(OneAtATime);
  CurrentMark->Line = Place.Line;
  CurrentMark->Column = Place.Column;
  // What is too long for it is cut.
  size_t Size = std::min(Place.File.size(), sizeof(Mark::File) - 1);
  std::memcpy(CurrentMark->File, Place.File.data(), Size);
  CurrentMark->File[Size] = 0;
}

} // namespace brian2lift
