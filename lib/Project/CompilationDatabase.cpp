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

constexpr llvm::StringLiteral FolderFlags[] = {"-I", "-isystem", "-idirafter"};
constexpr llvm::StringLiteral OtherFlags[] = {"-D", "-U", "-std="};

/// Appends the flags of one command that have a meaning for brian2lift, each in
/// one word. The command runs in `Folder`.
void collectFlags(llvm::ArrayRef<std::string> Command, llvm::StringRef Folder,
                  std::vector<std::string> &Flags) {
  for (size_t I = 0; I < Command.size(); ++I) {
    auto Is = [&](llvm::StringRef Flag) {
      return llvm::StringRef(Command[I]).starts_with(Flag);
    };
    const auto *OfFolder = llvm::find_if(FolderFlags, Is);
    const auto *Other = llvm::find_if(OtherFlags, Is);
    bool NamesFolder = OfFolder != std::end(FolderFlags);
    if (!NamesFolder && Other == std::end(OtherFlags))
      continue;
    llvm::StringRef Flag = NamesFolder ? *OfFolder : *Other;
    llvm::StringRef Value = llvm::StringRef(Command[I]).drop_front(Flag.size());
    if (Value.empty() && I + 1 < Command.size())
      Value = Command[++I];
    llvm::SmallString<256> Path(NamesFolder && !Value.starts_with("/") ? Folder
                                                                       : "");
    llvm::sys::path::append(Path, Value);
    std::string Taken = (Flag + Path).str();
    if (!llvm::is_contained(Flags, Taken))
      Flags.push_back(std::move(Taken));
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
      collectFlags(commandOf(*Object),
                   Object->getString("directory").value_or(""), Flags);
  return Flags;
}

} // namespace brian2lift
