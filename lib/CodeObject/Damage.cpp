//===- CodeObject/Damage.cpp - Statements that could not be parsed ------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// After a syntax error Clang drops statements without a trace in the AST. An
// equation from what remains would be wrong, so in files with errors the text
// between the statements is looked at again, token by token.
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Statements.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {

using llvm::StringRef;

bool Statements::hasError(clang::SourceLocation From,
                          clang::SourceLocation To) const {
  return llvm::any_of(Log.Errors, [&](const ParseError &E) {
    return E.Location.isValid() &&
           !SM.isBeforeInTranslationUnit(E.Location, From) &&
           !SM.isBeforeInTranslationUnit(To, E.Location);
  });
}

/// True in the branch of an #if that was not taken.
bool Statements::isSkipped(clang::SourceLocation L) const {
  return llvm::any_of(Log.SkippedRanges, [&](clang::SourceRange R) {
    return !SM.isBeforeInTranslationUnit(L, R.getBegin()) &&
           SM.isBeforeInTranslationUnit(L, R.getEnd());
  });
}

/// What the tokens of a piece of code write, and from where to where they are.
void Statements::scanTokens(clang::SourceLocation From,
                            clang::SourceLocation To, Statement &Into) const {
  auto [File, Begin] = SM.getDecomposedLoc(From);
  auto [EndFile, End] = SM.getDecomposedLoc(To);
  StringRef Text = SM.getBufferData(File);
  if (EndFile != File)
    End = Text.size(); // the file ends before the body does

  clang::Lexer Lex(SM.getLocForStartOfFile(File), X.languageOptions(),
                   Text.begin(), Text.begin() + Begin, Text.end());
  clang::Token T;
  std::vector<StringRef> Names = {""};
  bool IsDirective = false;
  while (!Lex.LexFromRawLexer(T) && SM.getFileOffset(T.getLocation()) < End) {
    IsDirective = T.isAtStartOfLine() ? T.is(clang::tok::hash) : IsDirective;
    if (IsDirective || isSkipped(T.getLocation()) ||
        T.isOneOf(clang::tok::semi, clang::tok::r_brace))
      continue;
    // `x = ` and `x[i] += ` write x.
    if (T.is(clang::tok::raw_identifier))
      Names.back() = T.getRawIdentifier();
    else if (T.is(clang::tok::l_square))
      Names.push_back("");
    else if (T.is(clang::tok::r_square) && Names.size() > 1)
      Names.pop_back();
    else if (T.isOneOf(clang::tok::equal, clang::tok::plusequal,
                       clang::tok::minusequal, clang::tok::starequal,
                       clang::tok::slashequal, clang::tok::plusplus,
                       clang::tok::minusminus) &&
             !Names.back().empty() &&
             !llvm::is_contained(Into.Targets, Names.back()))
      Into.Targets.push_back(Names.back().str());
    if (!Into.Begin)
      Into.Begin = Places.at(T.getLocation());
    Into.End = Places.endOf(T.getLocation());
  }
}

/// Clang puts an empty statement, at the same place, for the branch of an `if`
/// that it gave up on.
bool Statements::isGivenUp(const clang::Stmt *S) const {
  if (Log.Errors.empty() || !llvm::isa<clang::NullStmt>(S))
    return false;
  bool Invalid = false;
  const char *Text =
      SM.getCharacterData(SM.getFileLoc(S->getBeginLoc()), &Invalid);
  return Invalid || *Text != ';';
}

/// Stands for the code between two statements that Clang gave up on, if there
/// is any: what it left out, or a place where it reported an error.
void Statements::lostCode(clang::SourceLocation From, clang::SourceLocation To,
                          List &Out) {
  Statement Result;
  Result.Text = "damaged code";
  scanTokens(From, To, Result);
  if (!Result.Begin) {
    auto I = llvm::find_if(Log.Errors, [&](const ParseError &E) {
      return E.Location.isValid() &&
             SM.isBeforeInTranslationUnit(From, E.Location) &&
             SM.isBeforeInTranslationUnit(E.Location, To);
    });
    if (I == Log.Errors.end() && SM.getFileID(From) == SM.getFileID(To))
      return;
    Result.Begin = Result.End = Places.at(From);
  }
  HasUnknown = true;
  Out.push_back(std::move(Result));
}

/// Behind the last token of `S` in its file, or before what Clang gave up on.
clang::SourceLocation Statements::behind(const clang::Stmt *S) const {
  const clang::Stmt *Last = S;
  while (const auto *If = llvm::dyn_cast<clang::IfStmt>(Last))
    Last = If->getElse() ? If->getElse() : If->getThen();
  if (isGivenUp(Last))
    return SM.getFileLoc(Last->getBeginLoc());
  clang::SourceLocation L = S->getEndLoc();
  if (L.isMacroID())
    L = SM.getExpansionRange(L).getEnd();
  return L.getLocWithOffset(
      clang::Lexer::MeasureTokenLength(L, SM, X.languageOptions()));
}

} // namespace brian2lift
