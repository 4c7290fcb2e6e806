//===- CodeObject/FileScan.cpp ------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/FileScan.h"
#include "CodeObject/Version.h"
#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

namespace brian2lift {
namespace {

namespace tok = clang::tok;
using llvm::StringRef;

// Bounds far above real code (real maxima: brackets 21 deep, 2,040 tokens a
// statement), beyond which Clang's own recursion becomes a danger.
constexpr unsigned MaxNesting = 256;
constexpr unsigned MaxTokens = 2000000;
constexpr unsigned MaxPrefixOperators = 64;
constexpr unsigned MaxElseIf = 1000;
constexpr unsigned MaxLiteral = 1000;

class Scanner {
public:
  explicit Scanner(const SourceFile &File)
      : File(File),
        Lex(clang::SourceLocation(), languageOptions(), File.Text.c_str(),
            File.Text.c_str(), File.Text.c_str() + File.Text.size()) {}

  FileScan run() {
    next();
    while (!T.is(tok::eof) && Scan.TooComplex.empty()) {
      if (T.is(tok::hash) && T.isAtStartOfLine())
        directive();
      else
        code();
    }
    if (!Conditionals.empty())
      unbalanced("#if", Conditionals.back().Offset);
    if (!Open.empty())
      unbalanced(tok::getPunctuatorSpelling(Open.back().Kind),
                 Open.back().Offset);
    return std::move(Scan);
  }

private:
  struct Bracket {
    tok::TokenKind Kind;
    unsigned Offset;
  };
  struct Conditional {
    unsigned Offset;
    std::vector<Bracket> Open; ///< brackets open at the #if
  };

  static const clang::LangOptions &languageOptions() {
    static const clang::LangOptions Options = [] {
      clang::LangOptions O;
      O.CPlusPlus = O.CPlusPlus11 = O.CPlusPlus14 = O.CPlusPlus17 = true;
      O.LineComment = O.RawStringLiterals = O.Digraphs = true;
      return O;
    }();
    return Options;
  }

  unsigned offset() { return Lex.getCurrentBufferOffset() - T.getLength(); }

  StringRef text() {
    return StringRef(File.Text).substr(offset(), T.getLength());
  }

  void next() {
    Lex.LexFromRawLexer(T);
    if (++Tokens > MaxTokens)
      tooComplex("it has too many tokens");
  }

  SourcePlace place(unsigned Offset) const {
    StringRef Before = StringRef(File.Text).take_front(Offset);
    size_t LineStart = Before.rfind('\n');
    LineStart = LineStart == StringRef::npos ? 0 : LineStart + 1;
    return {File.Path, static_cast<unsigned>(Before.count('\n') + 1),
            static_cast<unsigned>(Offset - LineStart + 1)};
  }

  /// Keeps the first finding: what follows it is its consequence.
  void unbalanced(StringRef What, unsigned Offset) {
    if (!Scan.Unbalanced.empty())
      return;
    Scan.Unbalanced = What.str();
    Scan.UnbalancedPlace = place(Offset);
  }

  void tooComplex(StringRef Why) {
    if (!Scan.TooComplex.empty())
      return;
    Scan.TooComplex = Why.str();
    Scan.TooComplexPlace = place(offset());
  }

  /// `#include`, `#define`, `#if`; the rest of any line that begins with `#`
  /// is not code.
  void directive() {
    unsigned Hash = offset();
    next();
    StringRef Name;
    if (T.is(tok::raw_identifier) && !T.isAtStartOfLine()) {
      Name = text();
      if (Name == "include")
        include();
      else
        next();
    }
    if (Name == "define" && T.is(tok::raw_identifier) && !T.isAtStartOfLine()) {
      Scan.Macros.push_back(text().str());
      pattern(text());
    } else if (Name == "if" || Name == "ifdef" || Name == "ifndef") {
      if (Conditionals.size() >= MaxNesting)
        tooComplex("its #if lines are nested too deeply");
      Conditionals.push_back({Hash, Open});
    } else if (Name == "else" || Name == "elif") {
      // Both branches start from the same brackets: `#ifdef A` `if (x) {`
      // `#else` `if (y) {` `#endif` opens one.
      if (Conditionals.empty())
        unbalanced("#else", Hash);
      else
        Open = Conditionals.back().Open;
    } else if (Name == "endif") {
      if (Conditionals.empty())
        unbalanced("#endif", Hash);
      else
        Conditionals.pop_back();
    }
    while (!T.is(tok::eof) && !T.isAtStartOfLine() && Scan.TooComplex.empty())
      next();
  }

  void include() {
    // The lexer has no <...> token outside a directive; take the text.
    StringRef Rest =
        StringRef(File.Text).drop_front(Lex.getCurrentBufferOffset());
    Rest = Rest.take_until([](char C) { return C == '\n' || C == '\r'; });
    Rest = Rest.ltrim(" \t");
    if (!Rest.empty() && (Rest[0] == '"' || Rest[0] == '<')) {
      size_t End = Rest.find(Rest[0] == '"' ? '"' : '>', 1);
      if (End != StringRef::npos) {
        std::string Name = Rest.take_front(End + 1).str();
        if (!llvm::is_contained(Scan.Includes, Name))
          Scan.Includes.push_back(std::move(Name));
      }
    }
    next();
  }

  void code() {
    ++StatementTokens;
    unsigned Prefixes = 0;
    switch (T.getKind()) {
    case tok::l_brace:
    case tok::l_paren:
    case tok::l_square:
      Open.push_back({T.getKind(), offset()});
      if (Open.size() > MaxNesting)
        tooComplex("its brackets are nested too deeply");
      break;
    case tok::r_brace:
      close(tok::l_brace);
      break;
    case tok::r_paren:
      close(tok::l_paren);
      break;
    case tok::r_square:
      close(tok::l_square);
      break;
    case tok::minus:
    case tok::plus:
    case tok::exclaim:
    case tok::tilde:
    case tok::star:
    case tok::amp:
    case tok::ampamp:
    case tok::minusminus:
    case tok::plusplus:
      Prefixes = PrefixOperators + 1;
      break;
    case tok::raw_identifier:
      identifier();
      break;
    case tok::numeric_constant:
      if (T.getLength() > MaxLiteral)
        tooComplex("it has a number of too many digits");
      break;
    default:
      break;
    }
    if (T.isOneOf(tok::semi, tok::l_brace, tok::r_brace))
      StatementTokens = 0;
    if (StatementTokens > MaxTokensPerStatement)
      tooComplex("it has a statement of too many tokens");
    PrefixOperators = Prefixes;
    if (Prefixes > MaxPrefixOperators)
      tooComplex("it has too many operators in a row");
    next();
  }

  void close(tok::TokenKind Opening) {
    if (Open.empty() || Open.back().Kind != Opening)
      unbalanced(text(), offset());
    else
      Open.pop_back();
  }

  void identifier() {
    StringRef Name = text();
    if (Name == "if") {
      ElseIf = AfterElse ? ElseIf + 1 : 0;
      if (ElseIf > MaxElseIf)
        tooComplex("it has too long a chain of 'else if'");
    } else if (isKeptFunction(Name) || Name.starts_with("_array_") ||
               Name.starts_with("_dynamic_array_")) {
      Scan.IsInteresting = true;
    }
    AfterElse = Name == "else";
    pattern(Name);
  }

  /// Notes words that tell versions of the generator apart.
  void pattern(StringRef Name) {
    matchPatterns(WordBefore, Name, [&](unsigned I) {
      if (llvm::none_of(Scan.Patterns,
                        [&](const auto &Found) { return Found.first == I; }))
        Scan.Patterns.emplace_back(I, place(offset()));
    });
    WordBefore = Name;
  }

  const SourceFile &File;
  clang::Lexer Lex;
  clang::Token T;
  FileScan Scan;
  std::vector<Bracket> Open;
  std::vector<Conditional> Conditionals;
  unsigned Tokens = 0;
  unsigned StatementTokens = 0;
  unsigned PrefixOperators = 0;
  unsigned ElseIf = 0;
  bool AfterElse = false;
  StringRef WordBefore; ///< the identifier before this one
};

} // namespace

FileScan scanFile(const SourceFile &File) { return Scanner(File).run(); }

bool isCodeObjectFunction(StringRef Name) {
  return Name.starts_with("_run_") || Name.starts_with("_before_run_") ||
         Name.starts_with("_after_run_");
}

bool isKernelName(StringRef Name) {
  return Name.contains("_kernel_") || Name.starts_with("_reset_");
}

bool isKeptFunction(StringRef Name) {
  return isCodeObjectFunction(Name) ||
         llvm::is_contained({"main", "_init_arrays", "brian_start",
                             "set_variable_by_name", "modelDefinition",
                             "_GSL_func", "_fill_y_vector", "_empty_y_vector",
                             "set_dimension", "_set_dimension",
                             "assign_memory_y", "_assign_memory_y"},
                            Name);
}

} // namespace brian2lift
