//===- CodeObject/CodeObject.cpp ----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/CodeObject.h"
#include "CodeObject/Collect.h"
#include "CodeObject/FileScan.h"
#include "CodeObject/GennLowering.h"
#include "CodeObject/Parse.h"
#include "CodeObject/Unit.h"
#include "Project/HeaderFolders.h"
#include "Support/Parallel.h"
#include "Support/Worker.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Path.h"
#include <future>
#include <numeric>
#include <set>

namespace brian2lift {
namespace {

using llvm::StringRef;

/// Further errors of one file are mostly consequences of the first.
constexpr unsigned MaxErrorsPerFile = 3;

/// Something in the code that no header declared.
struct Lack {
  enum class Kind {
    Error,      ///< Clang's message is in Text
    Undeclared, ///< the function Text, which is taken as it is called
    Include     ///< the header Text
  };
  Kind K = Kind::Error;
  std::string Text;
  SourcePlace Place;

  /// True for a function, and for an error about something in namespace std.
  bool isOfLibrary() const {
    return K == Kind::Undeclared ||
           (K == Kind::Error && StringRef(Text).contains("'std"));
  }
};

class Extraction {
public:
  Extraction(const Project &P, Headers From, Diagnostics &Diags)
      : P(P), From(From), Diags(Diags), Files(readableFiles(P)) {
    Into.Result.Arena = std::make_shared<ExprArena>();
    // Some of Brian2GeNN's files rely on others for it.
    if (P.Kind == Generator::GeNN && P.find("objects.h"))
      Declarations = "#include \"objects.h\"\n";
  }

  void run() {
    scan();
    FS = makeFileSystem(P, Files, Scans, From);
    readTogether();
    for (unsigned I : Alone)
      readAlone(I);
    reportMissingFunctions();
    Into.Result.Versions = readVersions(P.Kind, Files, Scans);
    findInlinedConstants();
    if (P.Kind == Generator::CudaStandalone)
      joinKernels(Into.Result, Into.Kernels);
    finish(Into);
  }

  void finishPopulations(llvm::ArrayRef<GennPopulation> Populations) {
    brian2lift::finishPopulations(Into.Result, Populations);
  }

  Collection take() { return std::move(Into); }
  bool readAny() const { return !Together.empty() || !Alone.empty(); }
  /// What other headers might have declared, each once.
  llvm::ArrayRef<Lack> lacks() const { return Lacks; }
  bool lacks(Lack::Kind K) const { return count(K) != 0; }

  /// True when less is lacking than in `Other`: an error costs more than what
  /// was guessed, and that more than an #include that nobody missed.
  bool isBetterThan(const Extraction &Other) const {
    for (Lack::Kind K :
         {Lack::Kind::Error, Lack::Kind::Undeclared, Lack::Kind::Include})
      if (size_t Here = count(K), There = Other.count(K); Here != There)
        return Here < There;
    return false;
  }

private:
  static bool isSource(StringRef Path) {
    return llvm::is_contained({".cpp", ".cc", ".cu"},
                              llvm::sys::path::extension(Path));
  }

  void scan() {
    for (unsigned I = 0; I < Files.size(); ++I) {
      const SourceFile &File = Files[I];
      markPlace({File.Path, 0, 0});
      Scans.push_back(scanFile(File));
      FileScan &Scan = Scans.back();
      // These words are ours or GeNN's, not Brian2's.
      if (P.Kind == Generator::GeNN &&
          (StringRef(File.Path).starts_with(PopulationFolder) ||
           StringRef(File.Path).starts_with("b2glib/") ||
           StringRef(File.Path).ends_with("_CODE/definitions.h")))
        Scan.Patterns.clear();
      if (!Scan.TooComplex.empty()) {
        Diags.report(DiagId::FileTooComplex, Scan.TooComplexPlace)
            << Scan.TooComplex;
        continue;
      }
      if (StringRef(File.Path).starts_with(PopulationFolder))
        Scan.UnbalancedPlace = placeInModel(File, Scan.UnbalancedPlace);
      if (!Scan.Unbalanced.empty())
        Diags.report(DiagId::UnbalancedBrackets, Scan.UnbalancedPlace)
            << Scan.Unbalanced;
      // GeNN's model file has been read by itself, and includes much that only
      // GeNN declares; the functions of b2glib take GeNN's own types.
      if (P.Kind == Generator::GeNN &&
          (&P.Files[I] == findGennModel(P) ||
           StringRef(File.Path).starts_with("b2glib/"))) {
        Files[I].Text.clear();
        continue;
      }
      if (!isSource(File.Path) || !Scan.IsInteresting)
        continue;
      if (Scan.Unbalanced.empty())
        Together.push_back(I);
      else
        Alone.insert(I);
    }
  }

  /// Some files as one unit, with the declarations that there are by now.
  struct UnitOfFiles {
    std::string Text;
    size_t Declared;
  };
  UnitOfFiles unitOf(llvm::ArrayRef<unsigned> Indices) const {
    return {unitText(P, Scans, Indices, Declarations), Declarations.size()};
  }

  /// Parses a unit; when it uses functions or arrays that nobody declares (a
  /// header is not here), once more with declarations for them, and again for
  /// functions whose arguments were not declared, either. Nothing is changed
  /// before `Wait` has returned.
  void
  parse(llvm::ArrayRef<unsigned> Indices, UnitOfFiles Unit,
        llvm::function_ref<void()> Wait,
        llvm::function_ref<void(clang::ASTContext &, const ParseLog &)> Then) {
    bool Again = true;
    for (unsigned Round = 0; Again; ++Round) {
      Again = false;
      parseUnit(FS, Unit.Text, P, From,
                [&](clang::ASTContext &Context, const ParseLog &Log) {
                  Wait();
                  if (Round < MaxRoundsOfDeclarations)
                    for (const ParseError &E : Log.Errors)
                      Again |=
                          declare(E) || Declarations.size() != Unit.Declared;
                  if (!Again)
                    Then(Context, Log);
                });
      if (Again)
        Unit = unitOf(Indices);
    }
  }

  bool declare(const ParseError &E) {
    StringRef Name = E.Undeclared;
    bool IsCodeObject = isCodeObjectFunction(Name);
    bool IsArray = Name.starts_with("_array_") ||
                   Name.starts_with("_static_array_") ||
                   Name.ends_with("_values");
    // GeNN's own variables, which it declares in what it generates itself.
    bool IsGenns = P.Kind == Generator::GeNN && !E.IsCall &&
                   (!Name.starts_with("_") || Name.starts_with("_seed")) &&
                   E.Place.File != findGennModel(P)->Path;
    if (Name.empty() || !(E.IsCall || IsCodeObject || IsArray || IsGenns) ||
        !DeclaredHere.insert(Name).second)
      return false;
    if (IsCodeObject) {
      Declarations += ("void " + Name + "();\n").str();
      Into.declare(Name, E.Place);
    } else if (IsArray) {
      // Of a code object that came without objects.h; its pointer's type is
      // said where it is used.
      if (!HasAnyArray)
        Declarations +=
            "struct __array { template <class T> operator T *() "
            "const; double &operator[](long) const; template <class T> "
            "void operator=(const T &) const; };\n";
      HasAnyArray = true;
      Declarations += ("extern const __array " + Name + ";\n").str();
    } else if (IsGenns) {
      if (!HasAnyGenn)
        Declarations +=
            "struct __genn { operator double() const; template <class T> "
            "operator T *() const; __genn &operator[](long) const; __genn "
            "&operator*() const; template <class T> __genn &operator=(const T "
            "&); __genn operator++(int) const; };\n";
      HasAnyGenn = true;
      Declarations += ("extern __genn " + Name + ";\n").str();
    } else {
      Declarations +=
          ("template <class... T> double " + Name + "(const T &...);\n").str();
      // GeNN's are in what it generates itself, Brian2's (`_rand`) in the
      // project; no header outside has them.
      if (P.Kind != Generator::GeNN && !Name.starts_with("_"))
        Lacks.push_back({Lack::Kind::Undeclared, Name.str(), E.Place});
    }
    return true;
  }

  /// Where as much text lies behind as before.
  std::vector<unsigned>::iterator middleOfText(std::vector<unsigned> &Indices) {
    auto Bytes = [&](size_t Sum, unsigned I) {
      return Sum + Files[I].Text.size();
    };
    size_t All =
        std::accumulate(Indices.begin(), Indices.end(), size_t(0), Bytes);
    size_t Before = 0;
    return llvm::find_if(Indices, [&](unsigned I) {
      Before = Bytes(Before, I);
      return 2 * Before > All;
    });
  }

  /// Reads all undamaged files as one unit; many of them as two, which are
  /// parsed side by side. What is said and kept is that of the first and then
  /// that of the second.
  void readTogether() {
    if (Together.size() < EnoughForTwoUnits) {
      readUnit(Together, unitOf(Together), [] {});
      return;
    }
    auto Middle = middleOfText(Together);
    std::vector<unsigned> First(Together.begin(), Middle),
        Second(Middle, Together.end());
    UnitOfFiles Units[] = {unitOf(First), unitOf(Second)};
    std::promise<void> FirstIsRead;
    std::shared_future<void> Turn = FirstIsRead.get_future().share();
    auto ReadFirst = [&] {
      readUnit(First, Units[0], [] {});
      FirstIsRead.set_value();
    };
    auto ReadSecond = [&] { readUnit(Second, Units[1], [&] { Turn.wait(); }); };
    if (From == Headers::StandIns) {
      doBoth(ReadFirst, ReadSecond);
    } else {
      // Files outside of memory are no place for two.
      ReadFirst();
      ReadSecond();
    }
    Together = std::move(First);
    Together.insert(Together.end(), Second.begin(), Second.end());
  }

  /// Reads `Files` as one unit. Those with errors are taken out and read alone;
  /// when that does not help, all are.
  void readUnit(std::vector<unsigned> &Files, UnitOfFiles Unit,
                llvm::function_ref<void()> Wait) {
    while (!Files.empty()) {
      std::set<unsigned> Culprits;
      bool IsClean = false, IsElsewhere = false;
      auto Read = [&](clang::ASTContext &Context, const ParseLog &Log) {
        IsClean = Log.Errors.empty() && Log.Stopped.empty();
        if (IsClean) {
          reportMissingIncludes(Log);
          collect(Context, Log, Into);
          return;
        }
        auto Blame = [&](const SourcePlace &Place) {
          auto I = llvm::find_if(
              Files, [&](unsigned I) { return P.Files[I].Path == Place.File; });
          if (I == Files.end())
            IsElsewhere = true;
          else
            Culprits.insert(*I);
        };
        // Errors behind that place are its consequences.
        if (!Log.Stopped.empty()) {
          Blame(Log.StoppedAt);
          return;
        }
        for (const ParseError &E : Log.Errors)
          Blame(E.Place);
      };
      parse(Files, Unit, Wait, Read);
      if (IsClean)
        return;
      Wait();
      if (IsElsewhere || Culprits.empty() || ++Rounds > MaxRounds)
        Culprits.insert(Files.begin(), Files.end());
      Alone.insert(Culprits.begin(), Culprits.end());
      llvm::erase_if(Files, [&](unsigned I) { return Culprits.count(I) != 0; });
      Unit = unitOf(Files);
    }
  }

  void readAlone(unsigned I) {
    auto Read = [&](clang::ASTContext &Context, const ParseLog &Log) {
      if (!Log.Stopped.empty()) {
        reportStopped(Log);
        return;
      }
      reportMissingIncludes(Log);
      reportErrors(Log);
      collect(Context, Log, Into);
    };
    parse({I}, unitOf({I}), [] {}, Read);
  }

  void reportStopped(const ParseLog &Log) {
    std::string Key = "stopped at ";
    llvm::raw_string_ostream(Key) << Log.StoppedAt;
    if (Reported.insert(Key).second)
      Diags.report(DiagId::FileTooComplex, Log.StoppedAt) << Log.Stopped;
  }

  void reportErrors(const ParseLog &Log) {
    for (const ParseError &E : Log.Errors) {
      std::string Key;
      llvm::raw_string_ostream(Key) << E.Place << E.Message;
      if (!Reported.insert(Key).second)
        continue;
      Lacks.push_back({Lack::Kind::Error, E.Message, E.Place});
      if (++ErrorsOf[E.Place.File] > MaxErrorsPerFile)
        continue;
      Diags.report(DiagId::ParseError, E.Place) << E.Message;
    }
  }

  void reportMissingIncludes(const ParseLog &Log) {
    for (const ParseLog::Miss &M : Log.MissingIncludes)
      if (Reported.insert("#include " + M.Name).second) {
        Diags.report(DiagId::IncludeNotFound, M.Place) << M.Name;
        Lacks.push_back({Lack::Kind::Include, M.Name, M.Place});
      }
    if (P.UseRealHeaders)
      for (const ParseLog::Miss &M : Log.StandIns)
        if (Reported.insert("#include " + M.Name).second)
          Diags.report(DiagId::RealHeaderNotFound, M.Place) << M.Name;
  }

  size_t count(Lack::Kind K) const {
    return llvm::count_if(Lacks, [&](const Lack &L) { return L.K == K; });
  }

  void reportMissingFunctions() {
    for (const auto &[Name, Place] : Into.declared())
      if (!Into.Result.find(Name))
        Diags.report(DiagId::FunctionMissing, Place) << Name;
  }

  /// See Function::HasInlinedConstants.
  void findInlinedConstants() {
    const VersionRange &Brian2 = Into.Result.Versions.front();
    std::vector<Function> &Functions = Into.Result.Functions;
    bool Always = Brian2.isBefore("2.5");
    // Where nothing tells the version, code without any constant is suspect.
    if (!Always && !Brian2.isSince("2.5"))
      Always = llvm::none_of(Functions, [](const Function &F) {
        return llvm::any_of(F.Body, [](const Statement &S) {
          return S.K == Statement::Kind::Declare && S.IsConst &&
                 !StringRef(S.Target).starts_with("_") && S.Value &&
                 S.Value.isNumber();
        });
      });
    for (Function &F : Functions)
      F.HasInlinedConstants =
          P.Kind == Generator::GeNN
              ? StringRef(F.Place.File).starts_with("code_objects/")
              : Always;
  }

  static constexpr unsigned MaxRounds = 3;
  static constexpr unsigned MaxRoundsOfDeclarations = 2;
  /// A second unit reads all headers again, which takes as long as some twenty
  /// code objects.
  static constexpr size_t EnoughForTwoUnits = 64;

  const Project &P;
  Headers From;
  Diagnostics &Diags;
  std::vector<SourceFile> Files;
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> FS;
  std::vector<FileScan> Scans;
  std::vector<unsigned> Together;
  std::set<unsigned> Alone;
  unsigned Rounds = 0;
  std::string Declarations;
  bool HasAnyArray = false, HasAnyGenn = false;
  llvm::StringSet<> DeclaredHere;
  llvm::StringSet<> Reported;
  llvm::StringMap<unsigned> ErrorsOf;
  std::vector<Lack> Lacks;
  Collection Into;
};

/// The project of Brian2GeNN with a source file for each population.
Project withSourcesOf(llvm::ArrayRef<GennPopulation> Populations,
                      const Project &P) {
  Project Result = P;
  // What GeNN itself generated from the model.
  llvm::erase_if(Result.Files, [](const SourceFile &F) {
    return StringRef(F.Path).contains("_CODE/");
  });
  if (const SourceFile *Model = findGennModel(P))
    Result.Files.push_back(declarationsOfGenn(*Model));
  for (SourceFile &File : sourcesOfPopulations(Populations))
    Result.Files.push_back(std::move(File));
  llvm::sort(Result.Files, [](const SourceFile &L, const SourceFile &R) {
    return L.Path < R.Path;
  });
  return Result;
}

/// True when real headers may declare what is lacking. Only now are the user's
/// folders looked into.
bool mayHelp(const Project &P, llvm::ArrayRef<Lack> Lacks) {
  return llvm::any_of(P.IncludeFolders,
                      [](const IncludeFolder &F) { return !F.IsInProject; }) &&
         llvm::any_of(Lacks, [&](const Lack &L) {
           return L.K != Lack::Kind::Include || isReachable(P, L.Text);
         });
}

/// Says what made the real headers necessary: the first that is lacking no
/// more.
void explainRealHeaders(llvm::ArrayRef<Lack> Before, llvm::ArrayRef<Lack> Now,
                        Diagnostics &Diags) {
  for (const Lack &L : Before) {
    if (llvm::any_of(
            Now, [&](const Lack &N) { return N.K == L.K && N.Text == L.Text; }))
      continue;
    std::string Why = L.Text;
    if (L.K == Lack::Kind::Include)
      Why = "'" + L.Text + "' has no stand-in";
    else if (L.K == Lack::Kind::Undeclared)
      Why = "no stand-in declares '" + L.Text + "'";
    Diags.report(DiagId::RealHeadersRead, L.Place) << Why;
    return;
  }
}

/// Tells a user whose code uses more of a library than its stand-in has how to
/// have the real header read.
void suggestRealHeaders(const Extraction &E, Diagnostics &Diags) {
  // With a header missing altogether, that has been said.
  if (E.lacks(Lack::Kind::Include))
    return;
  const auto *L =
      llvm::find_if(E.lacks(), [](const Lack &L) { return L.isOfLibrary(); });
  if (L == E.lacks().end())
    return;
  Diags.report(DiagId::StandInLacks, L->Place)
      << (L->K == Lack::Kind::Undeclared
              ? "no stand-in for a header declares '" + L->Text + "'"
              : "this may be in a real header and not in its stand-in");
}

/// Reads the project through stand-ins; when something is declared nowhere and
/// the user's flags reach real headers, once more through these, and keeps the
/// reading that lacks less.
Extraction read(const Project &P, Diagnostics &Diags) {
  const Diagnostics Before = Diags;
  Extraction First(P, P.UseRealHeaders ? Headers::Real : Headers::StandIns,
                   Diags);
  First.run();
  if (First.lacks().empty() || P.UseRealHeaders)
    return First;
  if (mayHelp(P, First.lacks())) {
    Diagnostics Anew = Before;
    Extraction Second(P, Headers::Real, Anew);
    Second.run();
    if (Second.isBetterThan(First)) {
      explainRealHeaders(First.lacks(), Second.lacks(), Anew);
      Diags = std::move(Anew);
      return Second;
    }
  }
  suggestRealHeaders(First, Diags);
  return First;
}

} // namespace

const Function *CodeObjects::find(StringRef Name) const {
  auto I = llvm::find_if(Functions,
                         [&](const Function &F) { return F.Name == Name; });
  return I == Functions.end() ? nullptr : &*I;
}

const Function *CodeObjects::findBeside(StringRef Name,
                                        const Function &F) const {
  auto I = llvm::find_if(Functions, [&](const Function &Other) {
    return Other.Name == Name && Other.Place.File == F.Place.File;
  });
  return I == Functions.end() ? nullptr : &*I;
}

const Array *CodeObjects::findArray(StringRef Name) const {
  auto I =
      llvm::find_if(Arrays, [&](const Array &A) { return A.Name == Name; });
  return I == Arrays.end() ? nullptr : &*I;
}

llvm::Expected<CodeObjects> extractCodeObjects(const Project &Original,
                                               Diagnostics &Diags) {
  std::vector<GennPopulation> Populations;
  const Project *P = &Original;
  Project Lowered;
  if (P->Kind == Generator::GeNN) {
    Populations = readGennModel(Original, Diags);
    Lowered = withSourcesOf(Populations, Original);
    P = &Lowered;
  }
  Extraction E = read(*P, Diags);
  if (P->Kind == Generator::GeNN)
    E.finishPopulations(Populations);
  markPlace({});
  if (!E.readAny())
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "no C++ of Brian2 could be read");
  return E.take().Result;
}

} // namespace brian2lift
