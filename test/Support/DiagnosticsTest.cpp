//===- test/Support/DiagnosticsTest.cpp - Messages and their ids --------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Support/Diagnostics.h"
#include "gtest/gtest.h"
#include <set>

using namespace brian2lift;

namespace {

std::string text(const Diagnostic &D) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  print(OS, D);
  return Text;
}

TEST(Diagnostics, FillsInArguments) {
  Diagnostics Diags;
  Diags.report(DiagId::FileTooLarge, {"code_objects/x.cpp", 0, 0})
      << "code_objects/x.cpp" << 17000000ul;
  Diags.report(DiagId::ValueNotUnderstood, {"x.cpp", 3, 5})
      << "reset" << "spike";
  ASSERT_EQ(Diags.all().size(), 2u);
  EXPECT_EQ(Diags.all()[0].Message,
            "'code_objects/x.cpp' is larger than any generated file (17000000 "
            "bytes); left out");
  EXPECT_EQ(
      text(Diags.all()[1]),
      "x.cpp:3:5: warning: cannot read the reset of 'spike'; it is left out "
      "[value-not-understood]\n");
}

/// An argument that looks like a place for another one is not filled in.
TEST(Diagnostics, ArgumentsAreNotFormats) {
  Diagnostics Diags;
  Diags.report(DiagId::ValueNotUnderstood) << "%1" << "spike";
  EXPECT_EQ(Diags.all()[0].Message,
            "cannot read the %1 of 'spike'; it is left out");
}

TEST(Diagnostics, Severities) {
  Diagnostics Diags;
  EXPECT_FALSE(Diags.hasErrors() || Diags.hasWarnings());
  Diags.report(DiagId::IncludeNotFound) << "x.h"; // a note
  EXPECT_FALSE(Diags.hasErrors() || Diags.hasWarnings());
  Diags.report(DiagId::UnitConflict) << "group";
  EXPECT_FALSE(Diags.hasErrors());
  EXPECT_TRUE(Diags.hasWarnings());
  Diags.report(DiagId::NoMain);
  EXPECT_TRUE(Diags.hasErrors());
}

/// Users filter on ids: each is lower-case words with hyphens, and unique.
TEST(Diagnostics, IdsAreUniqueAndWellFormed) {
  const DiagId All[] = {
#define DIAGNOSTIC(Name, Id, Severity, Text) DiagId::Name,
#include "Support/Diagnostics.def"
#undef DIAGNOSTIC
  };
  std::set<std::string> Seen;
  for (DiagId Kind : All) {
    Diagnostic D{Kind, {}, ""};
    EXPECT_TRUE(Seen.insert(D.id().str()).second) << D.id().str();
    EXPECT_EQ(D.id().find_first_not_of("abcdefghijklmnopqrstuvwxyz-"),
              llvm::StringRef::npos)
        << D.id().str();
  }
}

TEST(SourcePlace, Prints) {
  auto Text = [](const SourcePlace &P) {
    std::string S;
    llvm::raw_string_ostream OS(S);
    OS << P;
    return S;
  };
  EXPECT_EQ(Text({"main.cpp", 12, 5}), "main.cpp:12:5");
  EXPECT_EQ(Text({"main.cpp", 0, 0}), "main.cpp");
  EXPECT_FALSE(static_cast<bool>(SourcePlace()));
}

} // namespace
