//===- CodeObject/Parse.cpp ---------------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/Parse.h"
#include "CodeObject/FileScan.h"
#include "CodeObject/GennLowering.h"
#include "CodeObject/Unit.h"
#include "Project/HeaderFolders.h"
#include "Support/TimeReport.h"
#include "Support/Worker.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Parse/ParseAST.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/TargetParser/Triple.h"
#include <sys/resource.h>

namespace brian2lift {
namespace {

using llvm::StringRef;

/// Keeps errors, drops the rest.
class ErrorCollector : public clang::DiagnosticConsumer {
public:
  explicit ErrorCollector(ParseLog &Log) : Log(Log) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < clang::DiagnosticsEngine::Error)
      return;
    ParseError E;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    E.Message = withoutFolder(Text);
    if (Info.hasSourceManager() && Info.getLocation().isValid()) {
      const clang::SourceManager &SM = Info.getSourceManager();
      E.Location = SM.getFileLoc(Info.getLocation());
      E.Place = PlaceMap(SM, clang::LangOptions()).at(E.Location);
      if (SM.isInMainFile(E.Location))
        E.Place = inIncludedFile(SM, E.Location);
      if (Info.getID() == clang::diag::err_undeclared_var_use)
        noteUndeclared(SM, E);
    }
    Log.Errors.push_back(std::move(E));
  }

private:
  /// Messages about files name them as they are in the in-memory file system.
  static std::string withoutFolder(StringRef Text) {
    std::string Result;
    while (!Text.empty()) {
      auto [Before, After] = Text.split(("'" + ProjectFolder).str());
      Result += Before;
      if (Before.size() < Text.size())
        Result += '\'';
      Text = After;
    }
    return Result;
  }

  /// Errors in the unit itself: on an #include line they are about the file as
  /// a whole, behind it about its end.
  static SourcePlace inIncludedFile(const clang::SourceManager &SM,
                                    clang::SourceLocation L) {
    constexpr llvm::StringLiteral Include = "\n#include \"";
    auto [Unit, Offset] = SM.getDecomposedLoc(L);
    StringRef Text = SM.getBufferData(Unit);
    size_t Line = Text.take_front(Offset + 1).rfind(Include);
    if (Line == StringRef::npos)
      return {};
    StringRef Path = Text.substr(Line + Include.size()).split('"').first;
    size_t LineEnd = Line + Include.size() + Path.size() + 1;
    auto File =
        SM.getFileManager().getOptionalFileRef((ProjectFolder + Path).str());
    clang::FileID Included =
        File && Offset >= LineEnd ? SM.translateFile(*File) : clang::FileID();
    if (Included.isInvalid())
      return {Path.str(), 0, 0};
    return PlaceMap(SM, clang::LangOptions())
        .at(SM.getLocForEndOfFile(Included));
  }

  /// The name is what is written at the place of the error; it is called when a
  /// parenthesis follows.
  static void noteUndeclared(const clang::SourceManager &SM, ParseError &E) {
    bool Invalid = false;
    StringRef Rest = SM.getCharacterData(E.Location, &Invalid);
    if (Invalid)
      return;
    StringRef Name =
        Rest.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    E.Undeclared = Name.str();
    Rest = Rest.drop_front(Name.size()).ltrim(" \t\r\n");
    E.IsCall = Rest.starts_with("(");
  }

  ParseLog &Log;
};

class PreprocessorLog : public clang::PPCallbacks {
public:
  PreprocessorLog(const clang::SourceManager &SM, Headers From, ParseLog &Log)
      : SM(SM), From(From), Log(Log) {}

  void FileChanged(clang::SourceLocation Where, FileChangeReason Reason,
                   clang::SrcMgr::CharacteristicKind, clang::FileID) override {
    if (Reason == EnterFile || Reason == ExitFile)
      markPlace(PlaceMap(SM, clang::LangOptions()).at(Where));
  }

  void InclusionDirective(clang::SourceLocation Hash, const clang::Token &,
                          StringRef Name, bool, clang::CharSourceRange,
                          clang::OptionalFileEntryRef File, StringRef,
                          StringRef, const clang::Module *, bool,
                          clang::SrcMgr::CharacteristicKind) override {
    // The unit includes what the files include; they say where.
    bool IsStandIn = File && From == Headers::Real &&
                     File->getName().starts_with(LibraryFolder) &&
                     !SM.isInMainFile(Hash);
    if (!File || IsStandIn)
      (File ? Log.StandIns : Log.MissingIncludes)
          .push_back({Name.str(), PlaceMap(SM, clang::LangOptions()).at(Hash)});
  }

  void SourceRangeSkipped(clang::SourceRange Range,
                          clang::SourceLocation) override {
    Log.SkippedRanges.push_back(Range);
  }

private:
  const clang::SourceManager &SM;
  Headers From;
  ParseLog &Log;
};

/// Stops the parser where code is out of all proportion. Only here is it seen
/// what macros make of it, and how deeply it has led the parser.
class Watcher {
public:
  Watcher(const clang::SourceManager &SM, ParseLog &Log)
      : SM(SM), Log(Log),
        Bottom(reinterpret_cast<uintptr_t>(__builtin_frame_address(0))) {
    rlimit Stack;
    if (!::getrlimit(RLIMIT_STACK, &Stack))
      MaxDepth = std::min<uint64_t>(Stack.rlim_cur / 2, MaxDepth);
  }

  void see(clang::Token &T) {
    if (T.isOneOf(clang::tok::semi, clang::tok::l_brace, clang::tok::r_brace))
      Tokens = 0;
    if (Log.Stopped.empty()) {
      // The stack may grow in either direction.
      auto Here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
      if (++Tokens > MaxTokensPerStatement)
        stop("it has a statement of too many tokens", T);
      else if (std::max(Here, Bottom) - std::min(Here, Bottom) > MaxDepth)
        stop("it is nested too deeply", T);
      else if (Log.Errors.size() > MaxErrors)
        stop("it has too many errors", T);
    }
    // The end of the file is what the parser cannot pass.
    if (!Log.Stopped.empty())
      T.setKind(clang::tok::eof);
  }

private:
  void stop(StringRef Why, const clang::Token &T) {
    Log.Stopped = Why.str();
    Log.StoppedAt = PlaceMap(SM, clang::LangOptions()).at(T.getLocation());
  }

  static constexpr size_t MaxErrors = 10000;

  const clang::SourceManager &SM;
  ParseLog &Log;
  uintptr_t Bottom;
  uint64_t MaxDepth = 50U << 20; ///< in bytes of stack
  unsigned Tokens = 0;
};

/// Decides which bodies are parsed. Clang asks before it parses each.
class BodyChooser : public clang::ASTConsumer {
public:
  bool shouldSkipFunctionBody(clang::Decl *D) override {
    const auto *F = llvm::dyn_cast<clang::FunctionDecl>(D);
    if (!F || (!isKept(*F) && !isTimedArray(*F)))
      return true;
    const clang::ASTContext &Context = F->getASTContext();
    markPlace(PlaceMap(Context.getSourceManager(), Context.getLangOpts())
                  .at(F->getLocation()));
    return false;
  }
};

/// A free function with a name, which is no template.
bool isPlainFunction(const clang::FunctionDecl &F) {
  return F.getIdentifier() && !F.getDescribedFunctionTemplate() &&
         !llvm::isa<clang::CXXMethodDecl>(F);
}

void setLanguage(clang::CompilerInvocation &Invocation,
                 llvm::ArrayRef<std::string> Flags, Headers From) {
  clang::LangStandard::Kind Standard = clang::LangStandard::lang_gnucxx17;
  for (StringRef Flag : Flags)
    if (Flag.consume_front("-std=")) {
      clang::LangStandard::Kind K = clang::LangStandard::getLangKind(Flag);
      if (K != clang::LangStandard::lang_unspecified &&
          clang::LangStandard::getLangStandardForKind(K).isCPlusPlus11())
        Standard = K;
    }
  clang::LangOptions &O = Invocation.getLangOpts();
  std::vector<std::string> Includes;
  clang::LangOptions::setLangDefaults(
      O, clang::Language::CXX, llvm::Triple(Invocation.getTargetOpts().Triple),
      Includes, Standard);
  O.Exceptions = O.CXXExceptions = true;
  O.NoBuiltin = true;
  O.DelayedTemplateParsing = true;
  // A corrected spelling would be a guess.
  O.SpellChecking = false;
  O.RecoveryAST = O.RecoveryASTType = true;
  // Generated code needs next to nothing of these; hostile code would.
  O.InstantiationDepth = 64;
  O.ConstexprCallDepth = 64;
  O.ConstexprStepLimit = 10000;
  if (From == Headers::Real) {
    // What Clang's driver says: libstdc++ and glibc are written for GCC.
    O.GNUCVersion = 40201;
    O.InstantiationDepth = 256;
  }
}

/// Translates -D and -U.
void setMacros(clang::PreprocessorOptions &PP,
               llvm::ArrayRef<std::string> Flags) {
  for (size_t I = 0; I < Flags.size(); ++I) {
    StringRef Flag = Flags[I];
    bool IsDefinition = Flag.starts_with("-D");
    if (!IsDefinition && !Flag.starts_with("-U"))
      continue;
    StringRef Macro = Flag.drop_front(2);
    if (Macro.empty() && I + 1 < Flags.size())
      Macro = Flags[++I];
    if (IsDefinition)
      PP.addMacroDef(Macro);
    else
      PP.addMacroUndef(Macro);
  }
}

/// Where #include looks, in this order.
void setFolders(clang::HeaderSearchOptions &HS, const Project &P,
                Headers From) {
  auto Add = [&](const llvm::Twine &Folder,
                 clang::frontend::IncludeDirGroup G) {
    HS.AddPath(Folder.str(), G, false, true);
  };
  HS.UseBuiltinIncludes = HS.UseStandardSystemIncludes =
      HS.UseStandardCXXIncludes = false;
  for (const IncludeFolder &F : P.IncludeFolders)
    if (F.IsInProject)
      Add(ProjectFolder + F.Path, clang::frontend::Angled);
  for (StringRef Folder : {"", "brianlib", "brianlib/randomkit"})
    Add(ProjectFolder + Folder, clang::frontend::Angled);
  Add(StandInFolder.rtrim('/'), clang::frontend::System);
  if (From == Headers::Real)
    for (unsigned I = 0; I < P.IncludeFolders.size(); ++I)
      if (!P.IncludeFolders[I].IsInProject)
        Add(headerFolderName(I), clang::frontend::System);
  Add(LibraryFolder.rtrim('/'), clang::frontend::System);
}

} // namespace

bool isKept(const clang::FunctionDecl &F) {
  // GeNN's time loop.
  if (const auto *M = llvm::dyn_cast<clang::CXXMethodDecl>(&F);
      M && M->getIdentifier() && M->getName() == "run" &&
      M->getParent()->getIdentifier() && M->getParent()->getName() == "engine")
    return true;
  if (fillsBuffers(F))
    return true;
  if (!isPlainFunction(F))
    return false;
  if (isKernel(F))
    return isKernelName(F.getName());
  if (isKeptFunction(F.getName()))
    return true;
  // Parts of `main` that the author moved into functions of run.cpp.
  const clang::SourceManager &SM = F.getASTContext().getSourceManager();
  return F.param_empty() && F.getName() != "brian_end" &&
         F.getDeclContext()->isTranslationUnit() &&
         llvm::is_contained({(ProjectFolder + "run.cpp").str(),
                             (ProjectFolder + "run.cu").str()},
                            SM.getFilename(SM.getFileLoc(F.getLocation())));
}

bool isKernel(const clang::FunctionDecl &F) {
  // As the stand-in for `__global__` marks it.
  const auto *A = F.getAttr<clang::AnnotateAttr>();
  return A && A->getAnnotation() == "__global__";
}

bool fillsBuffers(const clang::FunctionDecl &F) {
  const auto *M = llvm::dyn_cast<clang::CXXMethodDecl>(&F);
  return M && M->getIdentifier() && M->getName() == "next_time_step" &&
         M->getParent()->getIdentifier() &&
         M->getParent()->getName() == "RandomNumberBuffer";
}

bool isTimedArray(const clang::FunctionDecl &F) {
  const clang::DeclContext *Context = F.getDeclContext();
  if (!isPlainFunction(F) || !Context->isNamespace())
    return false;
  std::string Values = ("_namespace" + F.getName() + "_values").str();
  clang::IdentifierInfo &Id = F.getASTContext().Idents.get(Values);
  return !Context->lookup(&Id).empty();
}

SourcePlace PlaceMap::at(std::pair<clang::FileID, unsigned> Where) const {
  if (Where.first.isInvalid())
    return {};
  if (Where.first != LastFile) {
    LastFile = Where.first;
    LastPath.clear();
    if (auto File = SM.getFileEntryRefForID(LastFile)) {
      StringRef Name = File->getName();
      if (Name.consume_front(ProjectFolder) && LastFile != SM.getMainFileID())
        LastPath = Name.str();
    }
  }
  if (LastPath.empty())
    return {};
  if (StringRef(LastPath).starts_with(PopulationFolder)) {
    clang::PresumedLoc Literal =
        SM.getPresumedLoc(SM.getComposedLoc(Where.first, Where.second));
    if (Literal.isInvalid())
      return {};
    StringRef File = Literal.getFilename();
    File.consume_front(ProjectFolder);
    return {File.str(), Literal.getLine(), Literal.getColumn()};
  }
  return {LastPath, SM.getLineNumber(Where.first, Where.second),
          SM.getColumnNumber(Where.first, Where.second)};
}

SourcePlace PlaceMap::at(clang::SourceLocation L) const {
  if (L.isInvalid())
    return {};
  return at(SM.getDecomposedLoc(SM.getFileLoc(L)));
}

SourcePlace PlaceMap::endOf(clang::SourceLocation L) const {
  if (L.isInvalid())
    return {};
  // The end of a macro's use is the end of its closing parenthesis.
  if (L.isMacroID())
    L = SM.getExpansionRange(L).getEnd();
  auto Where = SM.getDecomposedLoc(L);
  unsigned Length = clang::Lexer::MeasureTokenLength(L, SM, LangOpts);
  Where.second += Length ? Length - 1 : 0;
  return at(Where);
}

void parseUnit(
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS, StringRef UnitText,
    const Project &P, Headers From,
    llvm::function_ref<void(clang::ASTContext &, const ParseLog &)> Then) {
  ParseLog Log;
  ErrorCollector Errors(Log);
  std::optional<StageTimer> Timer(std::in_place, Stage::Parse);

  auto Invocation = std::make_shared<clang::CompilerInvocation>();
  Invocation->getTargetOpts().Triple = "x86_64-unknown-linux-gnu";
  setLanguage(*Invocation, P.CompilerFlags, From);
  setMacros(Invocation->getPreprocessorOpts(), P.CompilerFlags);
  setFolders(Invocation->getHeaderSearchOpts(), P, From);
  Invocation->getPreprocessorOpts().DisablePragmaDebugCrash = true;

  // Only 19 and 22 are supported; every version between them has its own way.
#if LLVM_VERSION_MAJOR >= 22
  clang::CompilerInstance CI(std::move(Invocation));
  CI.setVirtualFileSystem(std::move(FS));
  CI.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  CI.setTarget(clang::TargetInfo::CreateTargetInfo(
      CI.getDiagnostics(), CI.getInvocation().getTargetOpts()));
  CI.createFileManager();
  CI.createSourceManager();
#else
  clang::CompilerInstance CI;
  CI.setInvocation(Invocation);
  CI.createDiagnostics(&Errors, /*ShouldOwnClient=*/false);
  CI.setTarget(clang::TargetInfo::CreateTargetInfo(
      CI.getDiagnostics(),
      std::make_shared<clang::TargetOptions>(Invocation->getTargetOpts())));
  CI.createFileManager(std::move(FS));
  CI.createSourceManager(CI.getFileManager());
#endif
  if (!CI.hasTarget())
    return;
  clang::DiagnosticsEngine &Diags = CI.getDiagnostics();
  Diags.setIgnoreAllWarnings(true);
  // What follows a fatal error would be lost without a word.
  Diags.setFatalsAsError(true);

  clang::SourceManager &SM = CI.getSourceManager();
  // At the root of the project, so that "objects.h" is found from here.
  auto Entry = CI.getFileManager().getVirtualFileRef(
      (ProjectFolder + "<unit>").str(), UnitText.size(), 0);
  SM.overrideFileContents(
      Entry, llvm::MemoryBuffer::getMemBufferCopy(UnitText, "<unit>"));
  SM.setMainFileID(
      SM.createFileID(Entry, clang::SourceLocation(), clang::SrcMgr::C_User));

  CI.createPreprocessor(clang::TU_Complete);
  clang::Preprocessor &PP = CI.getPreprocessor();
  PP.SetSuppressIncludeNotFoundError(true);
  // Only real headers name `__builtin_memchr` and its like.
  if (From == Headers::Real)
    PP.getBuiltinInfo().initializeBuiltins(PP.getIdentifierTable(),
                                           CI.getLangOpts());
  PP.addPPCallbacks(std::make_unique<PreprocessorLog>(SM, From, Log));
  Watcher Watch(SM, Log);
  // Clang hands out its token to look at only; the parser has that same one.
  PP.setTokenWatcher([&Watch](const clang::Token &T) {
    Watch.see(const_cast<clang::Token &>(T));
  });
  CI.createASTContext();
  CI.setASTConsumer(std::make_unique<BodyChooser>());
  CI.createSema(clang::TU_Complete, /*CompletionConsumer=*/nullptr);
  Errors.BeginSourceFile(CI.getLangOpts(), &PP);
  clang::ParseAST(CI.getSema(), /*PrintStats=*/false,
                  /*SkipFunctionBodies=*/true);
  Errors.EndSourceFile();
  Timer.reset();
  Then(CI.getASTContext(), Log);
}

} // namespace brian2lift
