//===- test/fuzz/Mutate.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The hooks of libFuzzer for a custom mutator are here too, so that a target
// has them by naming this file.
//
//===----------------------------------------------------------------------===//

#include "Mutate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <cstring>

namespace brian2lift {
namespace {

using llvm::StringRef;
using Tokens = std::vector<StringRef>;

bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }
bool isBlank(StringRef T) { return T.trim().empty(); }
bool isNumber(StringRef T) { return llvm::isDigit(T.front()); }
bool isName(StringRef T) { return isWord(T.front()) && !isNumber(T); }
bool isOperator(StringRef T) {
  return !isBlank(T) && !isWord(T.front()) &&
         !StringRef("(){}[];\"").contains(T.front());
}

constexpr StringRef Numbers[] = {"0",    "1",          "-1",   "2",     "0.5",
                                 "1e-3", "1.0f",       "1e99", "1e999", "1e-99",
                                 "0x10", "2147483648", "3",    "0.1"};
constexpr StringRef Operators[] = {"+",  "-",  "*",  "/",  "%",  "<",  ">",
                                   "<=", ">=", "==", "!=", "&&", "||", "=",
                                   "+=", "*=", ",",  "?",  ":",  "!"};
constexpr StringRef Words[] = {
    "if",  "else", "for",  "while", "return", "const", "double", "int",
    "pow", "exp",  "sqrt", "dt",    "t",      "v",     "_idx",   "0"};

class Mutator {
public:
  Mutator(StringRef Text, StringRef Other, std::mt19937 &Random)
      : List(tokenize(Text)), Others(tokenize(Other)), Random(Random) {}

  std::string run() {
    for (unsigned Left = 1 + below(4); Left > 0; --Left)
      change();
    std::string Result;
    for (StringRef T : List)
      Result += T;
    return Result;
  }

private:
  size_t below(size_t N) { return N ? Random() % N : 0; }
  template <typename T> T &any(T *Begin, size_t N) { return Begin[below(N)]; }
  StringRef any(llvm::ArrayRef<StringRef> From) {
    return From[below(From.size())];
  }

  /// A random token of that kind; the end when there is none nearby.
  template <typename Kind> size_t find(const Tokens &In, Kind Is) {
    size_t Start = below(In.size());
    for (size_t I = Start; I < In.size(); ++I)
      if (Is(In[I]))
        return I;
    for (size_t I = 0; I < Start; ++I)
      if (Is(In[I]))
        return I;
    return In.size();
  }

  /// From behind one `;`, `{` or `}` up to the next `;`.
  std::pair<size_t, size_t> statement(const Tokens &In) {
    size_t End = find(In, [](StringRef T) { return T == ";"; });
    if (End == In.size())
      return {0, In.size()};
    size_t Begin = End;
    while (Begin > 0 && In[Begin - 1] != ";" && In[Begin - 1] != "{" &&
           In[Begin - 1] != "}")
      --Begin;
    return {Begin, End + 1};
  }

  void change() {
    if (List.empty()) {
      List.push_back(any(Words));
      return;
    }
    switch (below(11)) {
    case 0:
      replace(isNumber, any(Numbers));
      break;
    case 1:
      replace(isOperator, any(Operators));
      break;
    case 2: { // a name by another one
      size_t From = find(Others, isName);
      replace(isName, From < Others.size() ? Others[From] : any(Words));
      break;
    }
    case 3: { // two tokens change places
      auto Solid = [](StringRef T) { return !isBlank(T); };
      size_t A = find(List, Solid), B = find(List, Solid);
      if (A < List.size() && B < List.size())
        std::swap(List[A], List[B]);
      break;
    }
    case 4:
      List.erase(List.begin() + below(List.size()));
      break;
    case 5: {
      size_t At = below(List.size());
      StringRef T = List[At];
      List.insert(List.begin() + At, T);
      break;
    }
    case 6:
      List.insert(List.begin() + below(List.size()), {" ", any(Words), " "});
      break;
    case 7: {
      auto [Begin, End] = statement(List);
      List.erase(List.begin() + Begin, List.begin() + End);
      break;
    }
    case 8:
      insertStatement(List);
      break;
    case 9:
      insertStatement(Others);
      break;
    case 10: { // brackets around what follows
      size_t At = below(List.size());
      size_t End = std::min(List.size(), At + 1 + below(8));
      List.insert(List.begin() + End, ")");
      List.insert(List.begin() + At, "(");
      break;
    }
    }
  }

  template <typename Kind> void replace(Kind Is, StringRef By) {
    size_t I = find(List, Is);
    if (I < List.size())
      List[I] = By;
  }

  void insertStatement(const Tokens &From) {
    auto [Begin, End] = statement(From);
    Tokens Taken(From.begin() + Begin, From.begin() + End);
    size_t At = statement(List).second;
    List.insert(List.begin() + At, Taken.begin(), Taken.end());
  }

  Tokens List, Others;
  std::mt19937 &Random;
};

} // namespace

Tokens tokenize(StringRef Text) {
  Tokens Result;
  while (!Text.empty()) {
    size_t Size = 1;
    char First = Text.front();
    if (llvm::isSpace(First)) {
      Size = Text.size() - Text.ltrim().size();
    } else if (isWord(First)) {
      // `1e-5` is one number.
      while (Size < Text.size() &&
             (isWord(Text[Size]) ||
              (llvm::isDigit(First) &&
               (Text[Size] == '.' ||
                (llvm::toLower(Text[Size - 1]) == 'e' && Text[Size] == '-')))))
        ++Size;
    } else if (First == '"') {
      Size = std::min(Text.size(), Text.find('"', 1)) + 1;
    } else if (Text.size() > 1 && !isWord(Text[1]) &&
               llvm::is_contained(Operators, Text.take_front(2))) {
      Size = 2;
    }
    Result.push_back(Text.take_front(Size));
    Text = Text.drop_front(std::min(Size, Text.size()));
  }
  return Result;
}

std::string mutate(StringRef Text, StringRef Other, std::mt19937 &Random) {
  return Mutator(Text, Other, Random).run();
}

} // namespace brian2lift

static size_t store(const std::string &Text, uint8_t *To, size_t MaxSize) {
  size_t Size = std::min(Text.size(), MaxSize);
  std::memcpy(To, Text.data(), Size);
  return Size;
}

static llvm::StringRef text(const uint8_t *Data, size_t Size) {
  return {reinterpret_cast<const char *>(Data), Size};
}

extern "C" size_t LLVMFuzzerMutate(uint8_t *Data, size_t Size, size_t MaxSize);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *Data, size_t Size,
                                          size_t MaxSize, unsigned Seed) {
  std::mt19937 Random(Seed);
  // Now and then bytes that no lexer expects.
  if (Random() % 16 == 0)
    return LLVMFuzzerMutate(Data, Size, MaxSize);
  llvm::StringRef Text = text(Data, Size);
  return store(brian2lift::mutate(Text, Text, Random), Data, MaxSize);
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t *Data1, size_t Size1,
                                            const uint8_t *Data2, size_t Size2,
                                            uint8_t *Out, size_t MaxOutSize,
                                            unsigned Seed) {
  std::mt19937 Random(Seed);
  return store(
      brian2lift::mutate(text(Data1, Size1), text(Data2, Size2), Random), Out,
      MaxOutSize);
}
