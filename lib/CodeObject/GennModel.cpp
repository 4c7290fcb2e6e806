//===- CodeObject/GennModel.cpp -----------------------------------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/GennModel.h"
#include "CodeObject/FileScan.h"
#include "CodeObject/Parse.h"
#include "CodeObject/Unit.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace brian2lift {
namespace {

using llvm::StringRef;

/// A literal of the model file and where each of its bytes stands.
class Literals {
public:
  explicit Literals(const clang::ASTContext &Context)
      : Context(Context), SM(Context.getSourceManager()),
        Places(SM, Context.getLangOpts()) {}

  SourcePlace placeOf(const clang::StringLiteral *L, unsigned Byte = 0) const {
    return Places.at(SM.getSpellingLoc(L->getLocationOfByte(
        Byte, SM, Context.getLangOpts(), Context.getTargetInfo())));
  }

  GennCode linesOf(const clang::StringLiteral *L) const {
    GennCode Code;
    StringRef Rest = L->getBytes();
    unsigned Offset = 0;
    while (!Rest.empty()) {
      auto [Line, Below] = Rest.split('\n');
      // Blank lines say nothing; and a place costs a scan of the literal.
      if (!Line.trim().empty())
        Code.push_back({Line.str(), placeOf(L, Offset)});
      Offset += Rest.size() - Below.size();
      Rest = Below;
    }
    return Code;
  }

  SourcePlace placeOf(const clang::Expr *E) const {
    return Places.at(E->getBeginLoc());
  }

  SourcePlace placeOf(const clang::Decl *D) const {
    return Places.at(D->getLocation());
  }

  std::string textOf(const clang::Expr *E) const {
    return clang::Lexer::getSourceText(
               clang::CharSourceRange::getTokenRange(E->getSourceRange()), SM,
               Context.getLangOpts())
        .str();
  }

private:
  const clang::ASTContext &Context;
  const clang::SourceManager &SM;
  PlaceMap Places;
};

/// The string literals below `S`, in the order of the text.
std::vector<const clang::StringLiteral *> literalsIn(const clang::Stmt *S) {
  std::vector<const clang::StringLiteral *> Found;
  std::vector<const clang::Stmt *> Work{S};
  while (!Work.empty()) {
    const clang::Stmt *Next = Work.back();
    Work.pop_back();
    if (!Next)
      continue;
    if (const auto *L = llvm::dyn_cast<clang::StringLiteral>(Next)) {
      if (L->getCharByteWidth() == 1)
        Found.push_back(L);
      continue;
    }
    // A list has its elements once as written and once as understood.
    if (const auto *List = llvm::dyn_cast<clang::InitListExpr>(Next);
        List && List->isSemanticForm() && List->getSyntacticForm())
      Next = List->getSyntacticForm();
    std::vector<const clang::Stmt *> Children(Next->child_begin(),
                                              Next->child_end());
    Work.insert(Work.end(), Children.rbegin(), Children.rend());
  }
  return Found;
}

/// What GeNN calls a neuron model.
struct NeuronModel {
  std::vector<const clang::StringLiteral *> Parameters, Variables, Types,
      SharedVariables, SharedTypes;
  const clang::StringLiteral *SimCode = nullptr, *Threshold = nullptr,
                             *Reset = nullptr, *Support = nullptr;
};

class ModelReader : public clang::RecursiveASTVisitor<ModelReader> {
public:
  ModelReader(const clang::ASTContext &Context, Diagnostics &Diags)
      : Text(Context), Diags(Diags) {}

  std::vector<GennPopulation> Populations;

  /// Models that no population has: what adds it is damaged.
  void addMissingPopulations() {
    for (const auto &[Model, M] : Models) {
      StringRef Name = Model;
      if (!Name.consume_back("NEURON") || !M.SimCode ||
          llvm::any_of(Populations,
                       [&](const GennPopulation &P) { return P.Name == Name; }))
        continue;
      GennPopulation P;
      P.Name = Name.str();
      P.Place = Text.placeOf(M.SimCode);
      P.LacksStateUpdate = P.LacksThreshold = P.LacksReset = true;
      lose("neuron population", P);
      Populations.push_back(std::move(P));
    }
  }

  bool isInModel(const clang::Decl *D, StringRef Path) const {
    return Text.placeOf(D).File == Path;
  }

  // A RecursiveASTVisitor is used by hiding its methods.
  // NOLINTBEGIN(bugprone-derived-method-shadowing-base-method)
  bool VisitCXXRecordDecl(clang::CXXRecordDecl *D) {
    if (!D->isThisDeclarationADefinition())
      return true;
    if (!isNeuronModel(D)) {
      keepInput(D);
      return true;
    }
    NeuronModel &M = Models[D->getName().str()];
    for (const clang::Decl *Member : D->decls())
      if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Member);
          V && V->getInit())
        set(M, V->getName(), literalsIn(V->getInit()));
    return true;
  }

  /// `X::ParamValues group_p(0.01, ...)`, or `double group_p[] = {0.01, ...}`.
  bool VisitVarDecl(clang::VarDecl *V) {
    if (!V->isFileVarDecl() || !V->getIdentifier() || !V->getInit())
      return true;
    const clang::Expr *Init = V->getInit()->IgnoreImplicit();
    std::vector<const clang::Expr *> &List = Values[V->getName().str()];
    if (const auto *C = llvm::dyn_cast<clang::CXXConstructExpr>(Init))
      List.assign(C->arg_begin(), C->arg_end());
    else if (const auto *L = llvm::dyn_cast<clang::InitListExpr>(Init))
      List.assign(L->inits().begin(), L->inits().end());
    return true;
  }

  bool VisitCXXMemberCallExpr(clang::CXXMemberCallExpr *C) {
    const clang::CXXMethodDecl *Method = C->getMethodDecl();
    if (!Method || !Method->getIdentifier())
      return true;
    StringRef Name = Method->getName();
    if (Name == "addNeuronPopulation")
      addPopulation(*C, *Method);
    else if (Name == "addSynapsePopulation")
      addSynapses(*C, *Method);
    else if (Name == "push_back")
      pushBack(*C);
    else if (Name == "clear")
      if (auto *List = listOf(C->getImplicitObjectArgument()))
        List->clear();
    return true;
  }

  /// `n.simCode = "..."`, and `groupNEURON = nModels.size() - 1`.
  bool VisitCXXOperatorCallExpr(clang::CXXOperatorCallExpr *C) {
    if (C->getOperator() == clang::OO_Equal && C->getNumArgs() == 2)
      assign(C->getArg(0), C->getArg(1));
    return true;
  }
  bool VisitBinaryOperator(clang::BinaryOperator *B) {
    if (B->getOpcode() == clang::BO_Assign)
      assign(B->getLHS(), B->getRHS());
    return true;
  }
  // NOLINTEND(bugprone-derived-method-shadowing-base-method)

private:
  static bool isNeuronModel(const clang::CXXRecordDecl *D) {
    return llvm::any_of(D->bases(), [](const clang::CXXBaseSpecifier &Base) {
      const auto *B = Base.getType()->getAsCXXRecordDecl();
      return B && B->getQualifiedNameAsString() == "NeuronModels::Base";
    });
  }

  using LiteralList = std::vector<const clang::StringLiteral *>;

  /// `SET_APPLY_INPUT_CODE("$(g) += $(inSyn);")` of what receives spikes.
  void keepInput(const clang::CXXRecordDecl *D) {
    for (const clang::Decl *Member : D->decls())
      if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Member);
          V && V->getInit() && V->getName() == "__apply_input_code")
        if (LiteralList List = literalsIn(V->getInit()); !List.empty())
          Inputs[D->getName().str()] = List.front()->getString().str();
  }

  /// `addSynapsePopulation<W, P>("name", ..., "source", "target", ...)`; until
  /// 1.2 P is an argument.
  void addSynapses(const clang::CXXMemberCallExpr &C,
                   const clang::CXXMethodDecl &Method) {
    LiteralList Names;
    std::string Input = modelArgument(Method, 1);
    for (const clang::Expr *Argument : C.arguments()) {
      llvm::append_range(Names, literalsIn(Argument));
      if (std::string V = variableName(strip(Argument)); Inputs.count(V))
        Input = V;
    }
    if (Names.size() < 3)
      return;
    auto Target = llvm::find_if(Populations, [&](const GennPopulation &P) {
      return P.Name == Names[2]->getString();
    });
    if (Target == Populations.end())
      return;
    for (GennVariable &V : Target->Variables)
      V.IsInput |= assigns(Inputs[Input], V.Name);
  }

  /// `$(g) = ...`, `$(g) += ...`.
  static bool assigns(StringRef Code, StringRef Variable) {
    std::string Name = ("$(" + Variable + ")").str();
    for (size_t At = Code.find(Name); At != StringRef::npos;
         At = Code.find(Name, At + 1)) {
      StringRef Behind = Code.drop_front(At + Name.size()).ltrim();
      if (!Behind.empty() && StringRef("+-*/").contains(Behind.front()))
        Behind = Behind.drop_front();
      if (Behind.starts_with("=") && !Behind.starts_with("=="))
        return true;
    }
    return false;
  }

  /// By the names that the stand-in's macros give.
  static void set(NeuronModel &M, StringRef Member, const LiteralList &List) {
    const clang::StringLiteral *First = List.empty() ? nullptr : List.front();
    if (Member == "__sim_code")
      M.SimCode = First;
    else if (Member == "__threshold_condition_code")
      M.Threshold = First;
    else if (Member == "__reset_code")
      M.Reset = First;
    else if (Member == "__support_code")
      M.Support = First;
    else if (Member == "__param_names")
      M.Parameters = List;
    else if (Member == "__vars")
      unzip(List, M.Variables, M.Types);
    else if (Member == "__extra_global_params")
      unzip(List, M.SharedVariables, M.SharedTypes);
  }

  /// `{"v", "double"}, {"n", "int"}`.
  static void unzip(const LiteralList &Pairs, LiteralList &Names,
                    LiteralList &Types) {
    for (size_t I = 0; I + 1 < Pairs.size(); I += 2) {
      Names.push_back(Pairs[I]);
      Types.push_back(Pairs[I + 1]);
    }
  }

  static StringRef memberName(const clang::Expr *E) {
    const auto *M =
        E ? llvm::dyn_cast<clang::MemberExpr>(E->IgnoreParenImpCasts())
          : nullptr;
    return M && M->getMemberDecl()->getIdentifier()
               ? M->getMemberDecl()->getName()
               : StringRef();
  }

  LiteralList *listOf(const clang::Expr *Object) {
    StringRef Name = memberName(Object);
    if (Name == "varNames")
      return &Current.Variables;
    if (Name == "varTypes")
      return &Current.Types;
    if (Name == "pNames")
      return &Current.Parameters;
    if (Name == "extraGlobalNeuronKernelParameters")
      return &Current.SharedVariables;
    if (Name == "extraGlobalNeuronKernelParameterTypes")
      return &Current.SharedTypes;
    return nullptr;
  }

  void pushBack(const clang::CXXMemberCallExpr &C) {
    if (C.getNumArgs() != 1)
      return;
    LiteralList *List = listOf(C.getImplicitObjectArgument());
    LiteralList Pushed = literalsIn(C.getArg(0));
    if (List && Pushed.size() == 1)
      List->push_back(Pushed.front());
  }

  void assign(const clang::Expr *Target, const clang::Expr *Value) {
    LiteralList Text = literalsIn(Value);
    StringRef Member = memberName(Target);
    if (Text.size() == 1) {
      if (Member == "simCode")
        Current.SimCode = Text.front();
      else if (Member == "thresholdConditionCode")
        Current.Threshold = Text.front();
      else if (Member == "resetCode")
        Current.Reset = Text.front();
      else if (Member == "supportCode")
        Current.Support = Text.front();
      else if (Member == "postSyntoCurrent")
        CurrentInput = Text.front()->getString().str();
      return;
    }
    // The number of a model: from here on `n` is the next one.
    if (std::string Index = variableName(Target);
        StringRef(Index).ends_with("NEURON"))
      Models[Index] = Current;
    else if (StringRef(Index).ends_with("POSTSYN"))
      Inputs[Index] = CurrentInput;
  }

  static std::string variableName(const clang::Expr *E) {
    const auto *R =
        E ? llvm::dyn_cast<clang::DeclRefExpr>(E->IgnoreParenImpCasts())
          : nullptr;
    return R && R->getDecl()->getIdentifier() ? R->getDecl()->getName().str()
                                              : std::string();
  }

  void addPopulation(const clang::CXXMemberCallExpr &C,
                     const clang::CXXMethodDecl &Method) {
    if (C.getNumArgs() < 3)
      return;
    LiteralList Name = literalsIn(C.getArg(0));
    if (Name.size() != 1)
      return;
    GennPopulation P;
    P.Name = Name.front()->getString().str();
    P.Place = Text.placeOf(Name.front());
    P.Size = Text.textOf(C.getArg(1));
    std::string Model = modelArgument(Method);
    std::string ValuesName;
    for (const clang::Expr *Argument : C.arguments()) {
      std::string Variable = variableName(strip(Argument));
      if (Models.count(Variable))
        Model = Variable;
      if (ValuesName.empty() && Variable == P.Name + "_p")
        ValuesName = Variable;
    }
    auto It = Models.find(Model);
    if (!isName(P.Name)) {
      lose("neuron population", P);
      return;
    }
    // GeNN's own, without code: spikes are put in from outside.
    if (It == Models.end() && StringRef(Model).starts_with("SpikeSource")) {
      Populations.push_back(std::move(P));
      return;
    }
    fill(P, It == Models.end() ? NeuronModel() : It->second,
         Values[ValuesName]);
    Populations.push_back(std::move(P));
  }

  void lose(StringRef What, const GennPopulation &P) {
    Diags.report(DiagId::ValueNotUnderstood, P.Place) << What << P.Name;
  }

  /// Names of the model become names of C++; nothing else may come along.
  static bool isName(StringRef Text) {
    return !Text.empty() && !llvm::isDigit(Text.front()) &&
           llvm::all_of(Text,
                        [](char C) { return llvm::isAlnum(C) || C == '_'; });
  }

  static const clang::Expr *strip(const clang::Expr *E) {
    while (E) {
      E = E->IgnoreParenImpCasts();
      const auto *C = llvm::dyn_cast<clang::CXXConstructExpr>(E);
      if (!C || C->getNumArgs() != 1)
        return E;
      E = C->getArg(0);
    }
    return E;
  }

  /// `X` of `addNeuronPopulation<X>`.
  static std::string modelArgument(const clang::CXXMethodDecl &Method,
                                   unsigned At = 0) {
    const clang::TemplateArgumentList *Arguments =
        Method.getTemplateSpecializationArgs();
    if (!Arguments || Arguments->size() <= At ||
        Arguments->get(At).getKind() != clang::TemplateArgument::Type)
      return {};
    const auto *Class = Arguments->get(At).getAsType()->getAsCXXRecordDecl();
    return Class && Class->getIdentifier() ? Class->getName().str()
                                           : std::string();
  }

  void fill(GennPopulation &P, const NeuronModel &M,
            const std::vector<const clang::Expr *> &ParameterValues) {
    addVariables(P, M.Variables, M.Types, /*AreShared=*/false);
    addVariables(P, M.SharedVariables, M.SharedTypes, /*AreShared=*/true);
    addParameters(P, M.Parameters, ParameterValues);
    P.LacksStateUpdate =
        !M.SimCode || !splitSections(Text.linesOf(M.SimCode), P);
    P.LacksThreshold = !M.Threshold;
    P.LacksReset = !M.Reset;
    P.HasThreshold = M.Threshold && M.Threshold->getBytes().trim() != "0";
    for (auto [Code, Literal] : {std::pair{&P.ThresholdCondition, M.Threshold},
                                 {&P.Reset, M.Reset},
                                 {&P.Support, M.Support}})
      if (Literal)
        *Code = Text.linesOf(Literal);
    for (auto [Lacks, What] : {std::pair{P.LacksStateUpdate, "state update"},
                               {P.LacksThreshold, "threshold"},
                               {P.LacksReset, "reset"}})
      if (Lacks)
        lose(What, P);
  }

  /// Brian2GeNN puts a comment before each part of a simulation code. False
  /// where there is none before the state update; the code of a PoissonGroup is
  /// empty.
  static bool splitSections(const GennCode &SimCode, GennPopulation &P) {
    GennCode PoissonInputs; // no part of the group
    GennCode *Part = &PoissonInputs;
    bool Found = SimCode.empty();
    for (const GennLine &Line : SimCode) {
      StringRef Comment = StringRef(Line.Text).ltrim();
      if (!Comment.consume_front("//")) {
        Part->push_back(Line);
      } else if (Comment.contains("constant over")) {
        Part = &P.Subexpressions;
      } else if (Comment.contains("regular operations")) {
        Part = &P.RunRegularly;
      } else if (Comment.contains("PoissonInput")) {
        Part = &PoissonInputs;
      } else if (Comment.contains("state variables")) {
        Part = &P.StateUpdate;
        Found = true;
      }
    }
    return Found;
  }

  void addVariables(GennPopulation &P, const LiteralList &Names,
                    const LiteralList &Types, bool AreShared) {
    if (Names.size() != Types.size()) {
      lose("variables", P);
      return;
    }
    for (auto [Name, Type] : llvm::zip(Names, Types)) {
      GennVariable V{Name->getString().str(), Type->getString().str(),
                     AreShared, Text.placeOf(Name)};
      if (isName(V.Name) && isName(V.Type))
        P.Variables.push_back(std::move(V));
      else
        lose("variables", P);
    }
  }

  /// Which value belongs to which name is known by their number alone.
  void addParameters(GennPopulation &P, const LiteralList &Names,
                     const std::vector<const clang::Expr *> &ParameterValues) {
    if (Names.size() != ParameterValues.size()) {
      lose("parameter values", P);
      return;
    }
    for (auto [Name, Value] : llvm::zip(Names, ParameterValues))
      if (isName(Name->getString()))
        P.Parameters.push_back(
            {Name->getString().str(), Text.textOf(Value), Text.placeOf(Value)});
      else
        lose("parameters", P);
  }

  Literals Text;
  Diagnostics &Diags;
  std::map<std::string, NeuronModel> Models;
  NeuronModel Current; ///< what `n` is at this point of modelDefinition
  std::map<std::string, std::string> Inputs; ///< code, by the model's name
  std::string CurrentInput;                  ///< as Current, of `ps`
  std::map<std::string, std::vector<const clang::Expr *>> Values;
};

} // namespace

const SourceFile *findGennModel(const Project &P) {
  auto I = llvm::find_if(P.Files, [](const SourceFile &F) {
    return !StringRef(F.Path).contains('/') &&
           StringRef(F.Path).ends_with("_model.cpp");
  });
  return I == P.Files.end() ? nullptr : &*I;
}

std::vector<GennPopulation> readGennModel(const Project &P,
                                          Diagnostics &Diags) {
  std::vector<GennPopulation> Result;
  const SourceFile *Model = findGennModel(P);
  if (!Model)
    return Result;
  // Of the project the model needs declarations alone.
  std::vector<SourceFile> Files;
  std::vector<FileScan> Scans;
  for (const SourceFile &File : P.Files)
    if (&File == Model || !StringRef(File.Path).ends_with(".cpp")) {
      Files.push_back(File);
      Scans.push_back(scanFile(File));
    }
  // First what declares GeNN's own names: where somebody sorted the includes,
  // randomkit.cc stands before it, whose macros N and M eat them.
  std::string Unit =
      "#include \"modelSpec.h\"\n#include \"" + Model->Path + "\"\n";
  // Errors are about what GeNN declares and brian2lift does not need; what is
  // needed and missing is reported where it is missed.
  parseUnit(
      makeFileSystem(P, Files, Scans, Headers::StandIns), Unit, P,
      Headers::StandIns, [&](clang::ASTContext &Context, const ParseLog &Log) {
        if (!Log.Stopped.empty()) {
          Diags.report(DiagId::FileTooComplex, Log.StoppedAt) << Log.Stopped;
          return;
        }
        ModelReader Reader(Context, Diags);
        // Only what the model file itself declares.
        for (clang::Decl *D : Context.getTranslationUnitDecl()->decls())
          if (Reader.isInModel(D, Model->Path))
            Reader.TraverseDecl(D);
        Reader.addMissingPopulations();
        Result = std::move(Reader.Populations);
      });
  if (Result.empty())
    Diags.report(DiagId::ValueNotUnderstood, {Model->Path, 1, 1})
        << "neuron populations" << Model->Path;
  return Result;
}

} // namespace brian2lift
