//===- CodeObject/VersionTest.cpp -----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "CodeObject/Version.h"
#include <gtest/gtest.h>

using namespace brian2lift;

namespace {

TEST(Version, OrderIsPythons) {
  const char *Ordered[] = {"1.0a7", "1.0b1", "1.0",     "2.0",  "2.0.2.1",
                           "2.1",   "2.3",   "2.3.0.2", "2.10", "2.10.1"};
  for (size_t I = 0; I < std::size(Ordered); ++I)
    for (size_t J = 0; J < std::size(Ordered); ++J) {
      int Order = compareVersions(Ordered[I], Ordered[J]);
      EXPECT_EQ(Order < 0, I < J) << Ordered[I] << " " << Ordered[J];
      EXPECT_EQ(Order == 0, I == J) << Ordered[I] << " " << Ordered[J];
    }
}

VersionRange range(const char *Since, const char *Until) {
  VersionRange R;
  if (Since)
    R.Since = VersionBound{Since, "", false, {}};
  if (Until)
    R.Until = VersionBound{Until, "", false, {}};
  return R;
}

TEST(Version, ARangeIsBeforeWhatItEndsAt) {
  EXPECT_TRUE(range("2.3", "2.5").isBefore("2.5"));
  EXPECT_FALSE(range("2.3", "2.5.1").isBefore("2.5"));
  EXPECT_FALSE(range("2.3", nullptr).isBefore("2.5"));
  EXPECT_TRUE(range("2.5", nullptr).isSince("2.5"));
  EXPECT_FALSE(range(nullptr, "2.10").isSince("2.5"));
}

TEST(Version, AnInconsistentRangeSaysNothing) {
  VersionRange Mixed = range("2.8", "2.4");
  EXPECT_FALSE(Mixed.isConsistent());
  EXPECT_FALSE(Mixed.isBefore("2.5"));
  EXPECT_FALSE(Mixed.isSince("2.5"));
}

} // namespace
