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
#include "llvm/Support/thread.h"
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <memory>
#include <new>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>
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

/// Where one thread is.
struct Mark {
  unsigned Turn; ///< counts marks; 0 for nowhere
  unsigned Line, Column;
  char File[1024];
};
/// Memory that both processes see, and that outlives the child: of its first
/// thread, and of the second (Support/Parallel.h).
using Marks = std::array<Mark, 2>;
Marks *CurrentMarks = nullptr;
llvm::thread::id FirstThread;

class SharedMark {
public:
  SharedMark() {
    void *Shared = ::mmap(nullptr, sizeof(Marks), PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (Shared != MAP_FAILED)
      Memory = static_cast<Marks *>(Shared);
  }
  SharedMark(const SharedMark &) = delete;
  SharedMark &operator=(const SharedMark &) = delete;
  ~SharedMark() {
    if (Memory)
      ::munmap(Memory, sizeof(Marks));
  }

  Marks *get() const { return Memory; }

  /// Of two places that where the work has been longer.
  SourcePlace last() const {
    if (!Memory)
      return {};
    const auto &[First, Second] = *Memory;
    bool IsSecond = Second.Turn && (!First.Turn || Second.Turn < First.Turn);
    const Mark &M = IsSecond ? Second : First;
    if (!M.Turn)
      return {};
    return {std::string(M.File, ::strnlen(M.File, sizeof(Mark::File))), M.Line,
            M.Column};
  }

private:
  Marks *Memory = nullptr;
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

/// The numbers that an answer begins with.
struct Header {
  int Status;
  size_t DataSize, MessagesSize;
};

bool send(int FD, const Answer &A) {
  Header H{A.Status, A.Data.size(), A.Messages.size()};
  return writeAll(FD, {reinterpret_cast<const char *>(&H), sizeof(H)}) &&
         writeAll(FD, A.Data) && writeAll(FD, A.Messages) &&
         writeAll(FD, A.FilesRead);
}

Answer unpack(llvm::StringRef Bytes) {
  Header H;
  std::memcpy(&H, Bytes.data(), sizeof(H));
  Bytes = Bytes.drop_front(sizeof(H));
  llvm::StringRef Rest = Bytes.drop_front(H.DataSize);
  return {Bytes.take_front(H.DataSize).str(),
          Rest.take_front(H.MessagesSize).str(), H.Status,
          Rest.drop_front(H.MessagesSize).str()};
}

using Clock = std::chrono::steady_clock;

/// One child, from its start to its answer.
class Child {
public:
  Child(size_t Number, const WorkerLimits &Limits)
      : Number(Number), Limits(Limits) {}
  Child(const Child &) = delete;
  Child &operator=(const Child &) = delete;

  /// False when there is no process to be had; `diagnostics()` says why.
  bool start(llvm::function_ref<Answer(size_t)> Work) {
    int Pipe[2] = {-1, -1};
    const pid_t Parent = ::getpid();
    Process = ::pipe(Pipe) ? -1 : ::fork();
    if (Process == 0) {
      ::close(Pipe[0]);
      CurrentMarks = Shared.get();
      FirstThread = llvm::this_thread::get_id();
      confine(Limits, Parent);
      // Without the destructors of a process that ends anyway.
      ::_exit(send(Pipe[1], Work(Number)) ? 0 : 1);
    }
    if (Process < 0)
      Diags.report(DiagId::WorkerNotStarted) << std::strerror(errno);
    // What is started next must not hold this pipe open.
    ::close(Pipe[1]);
    if (Process < 0)
      ::close(Pipe[0]);
    else
      From = Pipe[0];
    End = Clock::now() + Patience * std::chrono::seconds(Limits.Seconds);
    return Process > 0;
  }

  size_t number() const { return Number; }
  int descriptor() const { return From; }
  bool isLate(Clock::time_point Now) const { return Now >= End; }
  const Diagnostics &diagnostics() const { return Diags; }

  /// Takes what has come through the pipe; false at its end.
  bool read() {
    char Buffer[1U << 16];
    ssize_t N = ::read(From, Buffer, sizeof(Buffer));
    if (N == 0 || (N < 0 && errno != EINTR))
      return false;
    Bytes.append(Buffer, std::max<ssize_t>(N, 0));
    return true;
  }

  /// Waits for the end; with `IsLate` the end is now.
  std::optional<Answer> finish(bool IsLate) {
    ::close(From);
    if (IsLate)
      ::kill(Process, SIGKILL);
    int Status = 0;
    while (::waitpid(Process, &Status, 0) < 0 && errno == EINTR)
      ;
    if (!IsLate && WIFEXITED(Status) && WEXITSTATUS(Status) == 0)
      return unpack(Bytes);
    reportEnd(Status, IsLate);
    return std::nullopt;
  }

private:
  /// Says how it ended without an answer.
  void reportEnd(int Status, bool IsLate) {
    SourcePlace Place = Shared.last();
    llvm::StringRef What = Place ? "this" : "the project";
    if (IsLate || (WIFSIGNALED(Status) && WTERMSIG(Status) == SIGXCPU))
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

  const size_t Number;
  const WorkerLimits &Limits;
  SharedMark Shared;
  pid_t Process = -1;
  int From = -1;
  Clock::time_point End;
  std::string Bytes;
  Diagnostics Diags;
};

/// Answers that came before their turn.
class InOrder {
public:
  explicit InOrder(const WorkerTasks &Tasks) : Tasks(Tasks) {}

  size_t ended() const { return Ended; }

  void add(size_t Number, std::optional<Answer> A, const Diagnostics &Diags) {
    ++Ended;
    Waiting.emplace(Number, std::make_pair(std::move(A), Diags));
    for (auto I = Waiting.find(Next); I != Waiting.end();
         I = Waiting.find(++Next)) {
      Tasks.Done(Next, std::move(I->second.first), I->second.second);
      Waiting.erase(I);
    }
  }

private:
  const WorkerTasks &Tasks;
  std::map<size_t, std::pair<std::optional<Answer>, Diagnostics>> Waiting;
  size_t Next = 0, Ended = 0;
};

} // namespace

void runInWorkers(const WorkerLimits &Limits, const WorkerTasks &Tasks) {
  constexpr std::chrono::milliseconds Beat(200);
  std::vector<std::unique_ptr<Child>> Alive;
  std::vector<pollfd> Polled;
  InOrder Answers(Tasks);
  size_t Started = 0;
  while (Answers.ended() < Tasks.Count) {
    while (Started < Tasks.Count && Alive.size() < std::max(Tasks.AtOnce, 1U)) {
      auto New = std::make_unique<Child>(Started++, Limits);
      if (New->start(Tasks.Work))
        Alive.push_back(std::move(New));
      else
        Answers.add(New->number(), std::nullopt, New->diagnostics());
    }
    Polled.clear();
    for (const std::unique_ptr<Child> &C : Alive)
      Polled.push_back({C->descriptor(), POLLIN, 0});
    if (::poll(Polled.data(), Polled.size(), int(Beat.count())) == 0 &&
        Tasks.Wait)
      Tasks.Wait(Answers.ended());
    const Clock::time_point Now = Clock::now();
    for (size_t I = Alive.size(); I-- > 0;) {
      Child &C = *Alive[I];
      bool IsLate = C.isLate(Now);
      if (!IsLate && (!Polled[I].revents || C.read()))
        continue;
      std::optional<Answer> A = C.finish(IsLate);
      Answers.add(C.number(), std::move(A), C.diagnostics());
      Alive.erase(Alive.begin() + I);
    }
  }
}

std::optional<Answer> runInWorker(const WorkerLimits &Limits,
                                  llvm::function_ref<Answer()> Work,
                                  Diagnostics &Diags) {
  std::optional<Answer> Result;
  auto Done = [&](size_t, std::optional<Answer> A, const Diagnostics &D) {
    Result = std::move(A);
    Diags.append(D);
  };
  runInWorkers(Limits, {1, 1, [&](size_t) { return Work(); }, Done, {}});
  return Result;
}

void markPlace(const SourcePlace &Place) {
  if (!CurrentMarks)
    return;
  static std::atomic<unsigned> Turns{0};
  Mark &M = (*CurrentMarks)[llvm::this_thread::get_id() != FirstThread];
  M.Turn = Place ? ++Turns : 0;
  M.Line = Place.Line;
  M.Column = Place.Column;
  // What is too long for it is cut.
  size_t Size = std::min(Place.File.size(), sizeof(Mark::File) - 1);
  std::memcpy(M.File, Place.File.data(), Size);
  M.File[Size] = 0;
}

} // namespace brian2lift
