//===- test/Support/ParallelTest.cpp - Work in two threads ----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Parallel.h"
#include "Support/Worker.h"
#include "llvm/Support/thread.h"
#include "gtest/gtest.h"
#include <csignal>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

using namespace brian2lift;

namespace {

TEST(Parallel, DoesEachPieceOnce) {
  for (size_t Size :
       {size_t(0), size_t(1), EnoughForTwoThreads, size_t(1000)}) {
    std::vector<int> Times(Size);
    forEachIndex(Size, [&](size_t I) { ++Times[I]; });
    EXPECT_EQ(Times, std::vector<int>(Size, 1));
  }
}

TEST(Parallel, TakesASecondThreadForManyPiecesOnly) {
  auto Threads = [](size_t Size) {
    std::mutex OneAtATime;
    std::set<llvm::thread::id> Seen;
    forEachIndex(Size, [&](size_t) {
      std::this_thread::yield();
      std::lock_guard<std::mutex> Lock(OneAtATime);
      Seen.insert(llvm::this_thread::get_id());
    });
    return Seen.size();
  };
  EXPECT_EQ(Threads(EnoughForTwoThreads - 1), 1U);
  EXPECT_LE(Threads(100000), 2U);
}

TEST(Parallel, CrashesAreWhereTheWorkWasLongest) {
  Diagnostics Diags;
  EXPECT_FALSE(runInWorker(
      {},
      [] {
        markPlace({"first.cpp", 1, 1});
        llvm::thread([] {
          markPlace({"second.cpp", 2, 2});
          markPlace({});
          markPlace({"third.cpp", 3, 3});
        }).join();
        std::raise(SIGKILL);
        return Answer();
      },
      Diags));
  ASSERT_EQ(Diags.all().size(), 1U);
  EXPECT_EQ(Diags.all().front().Place, (SourcePlace{"first.cpp", 1, 1}));
}

} // namespace
