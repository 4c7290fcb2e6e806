//===- test/Support/WorkerTest.cpp - Limits and crashes of a worker -------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Worker.h"
#include "llvm/Support/Compiler.h"
#include "gtest/gtest.h"
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace brian2lift;

namespace {

/// What the worker reports of work that has no answer.
std::string complaint(const WorkerLimits &Limits,
                      llvm::function_ref<Answer()> Work) {
  Diagnostics Diags;
  EXPECT_FALSE(runInWorker(Limits, Work, Diags));
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const Diagnostic &D : Diags.all())
    print(OS, D);
  return Text;
}

TEST(Worker, AnswersArriveWhole) {
  Diagnostics Diags;
  Answer Sent{std::string(10 << 20, 'd'), std::string("m\0", 2), 1, ""};
  auto A = runInWorker({}, [&] { return Sent; }, Diags);
  ASSERT_TRUE(A);
  EXPECT_EQ(A->Data, Sent.Data);
  EXPECT_EQ(A->Messages, Sent.Messages);
  EXPECT_EQ(A->Status, 1);
  EXPECT_TRUE(Diags.all().empty());
}

TEST(Worker, ReportsCrashesAtTheLastMark) {
  EXPECT_EQ(complaint({},
                      []() -> Answer {
                        markPlace({"a.cpp", 2, 3});
                        std::signal(SIGABRT, SIG_DFL);
                        std::abort();
                      }),
            "a.cpp:2:3: error: reading this crashed (Aborted); this is a "
            "defect of brian2lift [worker-crashed]\n");
}

TEST(Worker, HidesNoAnswerThatWasNotGiven) {
  EXPECT_EQ(complaint({},
                      []() -> Answer {
                        markPlace({"a.cpp", 2, 3});
                        markPlace({});
                        ::_exit(7);
                      }),
            "brian2lift: error: reading the project crashed (exit status 7); "
            "this is a defect of brian2lift [worker-crashed]\n");
}

// Where a sanitizer watches memory and stack itself these mean nothing.
#if !LLVM_ADDRESS_SANITIZER_BUILD
unsigned depth(volatile unsigned *Above) {
  volatile unsigned Here[64] = {*Above + 1};
  return Here[0] ? depth(Here) + Here[0] : 0;
}

TEST(Worker, SurvivesStackOverflow) {
  volatile unsigned Start = 0;
  EXPECT_EQ(
      complaint({},
                [&]() -> Answer { return {"", "", int(depth(&Start)), ""}; }),
      "brian2lift: error: reading the project crashed (Segmentation "
      "fault); this is a defect of brian2lift [worker-crashed]\n");
}

TEST(Worker, LimitsMemory) {
  EXPECT_EQ(complaint({10, 200},
                      []() -> Answer {
                        std::string Data(1 << 20, 'x');
                        while (true)
                          Data += Data;
                      }),
            "brian2lift: error: reading the project needs more than 200 MiB; "
            "--memory-limit sets another limit [memory-limit]\n");
}
#endif

TEST(Worker, LimitsTime) {
  EXPECT_EQ(complaint({1, 1024},
                      []() -> Answer {
                        for (volatile unsigned I = 0;; I = I + 1)
                          ;
                      }),
            "brian2lift: error: reading the project takes more than 1 s; "
            "--time-limit sets another limit [time-limit]\n");
}

TEST(Worker, WritesNoFiles) {
  std::string Path = testing::TempDir() + "/WritesNoFiles";
  Diagnostics Diags;
  auto A = runInWorker(
      {},
      [&] {
        std::signal(SIGXFSZ, SIG_IGN);
        int FD = ::open(Path.c_str(), O_CREAT | O_WRONLY, 0600);
        return Answer{"", "", int(::write(FD, "x", 1)), ""};
      },
      Diags);
  ::unlink(Path.c_str());
  ASSERT_TRUE(A);
  EXPECT_EQ(A->Status, -1);
}

} // namespace
