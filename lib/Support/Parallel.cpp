//===- Support/Parallel.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Parallel.h"
#include "Support/TimeReport.h"
#include "llvm/Support/thread.h"
#include <atomic>
#include <optional>

namespace brian2lift {

/// As much as a worker's first thread has (Support/Worker.h).
constexpr unsigned StackSize = 100U << 20;

static bool mayUseTwoThreads() {
  return !isTimeReportEnabled() && llvm::thread::hardware_concurrency() > 1;
}

void doBoth(llvm::function_ref<void()> First,
            llvm::function_ref<void()> Second) {
  if (!mayUseTwoThreads()) {
    First();
    Second();
    return;
  }
  llvm::thread Other(std::optional<unsigned>(StackSize), Second);
  First();
  Other.join();
}

void forEachIndex(size_t Size, llvm::function_ref<void(size_t)> Do) {
  // Whoever is free takes the next one: pieces differ a hundredfold.
  std::atomic<size_t> Next{0};
  auto Work = [&] {
    for (size_t I = Next++; I < Size; I = Next++)
      Do(I);
  };
  if (Size < EnoughForTwoThreads || !mayUseTwoThreads())
    Work();
  else
    doBoth(Work, Work);
}

} // namespace brian2lift
