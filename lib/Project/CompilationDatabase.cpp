//===- Project/CompilationDatabase.cpp ----------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of a compilation database only the flags matter here, and all files of a
// project are compiled with the same ones; Clang's own reader would bring its
// driver along.
//
//===----------------------------------------------------------------------===//

#include "Project/Project.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

namespace brian2lift {

namespace {

/// Appends the flags of one command that have a meaning for brian2lift.
void collectFlags(llvm::ArrayRef<std::string> Command,
                  std::vector<std::string> &Flags) {
  for (size_t I = 0; I < Command.size(); ++I) {
    llvm::StringRef Argument = Command[I];
    std::vector<std::string> Taken;
    if (Argument == "-D" || Argument == "-U" || Argument == "-I") {
      if (I + 1 < Command.size())
        Taken = {Argument.str() + Command[++I]};
    } else if (Argument.starts_with("-D") || Argument.starts_with("-U") ||
               Argument.starts_with("-I") || Argument.starts_with("-std=")) {
      Taken = {Argument.str()};
    }
    for (std::string &Flag : Taken)
      if (!llvm::is_contained(Flags, Flag))
        Flags.push_back(std::move(Flag));
  }
}

std::vector<std::string> commandOf(const llvm::json::Object &Entry) {
  std::vector<std::string> Command;
  if (const llvm::json::Array *Arguments = Entry.getArray("arguments")) {
    for (const llvm::json::Value &Argument : *Arguments)
      if (auto Text = Argument.getAsString())
        Command.push_back(Text->str());
  } else if (auto Text = Entry.getString("command")) {
    llvm::BumpPtrAllocator Memory;
    llvm::StringSaver Saver(Memory);
    llvm::SmallVector<const char *, 32> Words;
    llvm::cl::TokenizeGNUCommandLine(*Text, Saver, Words);
    Command.assign(Words.begin(), Words.end());
  }
  return Command;
}

} // namespace

llvm::Expected<std::vector<std::string>>
readCompilationDatabase(llvm::StringRef Folder) {
  llvm::SmallString<256> Path(Folder);
  llvm::sys::path::append(Path, "compile_commands.json");
  auto Fail = [&](const std::string &Why) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s: %s",
                                   Path.c_str(), Why.c_str());
  };
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return Fail(Buffer.getError().message());
  auto Database = llvm::json::parse((*Buffer)->getBuffer());
  if (!Database)
    return Fail(toString(Database.takeError()));
  const llvm::json::Array *Entries = Database->getAsArray();
  if (!Entries)
    return Fail("not a compilation database");
  std::vector<std::string> Flags;
  for (const llvm::json::Value &Entry : *Entries)
    if (const llvm::json::Object *Object = Entry.getAsObject())
      collectFlags(commandOf(*Object), Flags);
  return Flags;
}

} // namespace brian2lift
