"""A few lines that a compiler makes many of, and circles that have no end."""
from hostile import bomb, code

CASES = {
    'macros to nothing': code('P0', bomb('P', '', 10, 12)),
    'macros to statements': code('P0', bomb('P', 'x = x + 1;', 10, 12)),
    'macros to operators': code('double x = 1 P0;', bomb('P', '+ 1', 10, 12)),
    'macros of arguments': code('F(' * 60 + 'x' + ')' * 60 + ';',
                                '#define F(x) x x\n'),
    'macros to strings': code(
        'const char *x = S(P0);', '#define S(x) T(x)\n#define T(x) #x\n' +
        bomb('P', 'abcdefgh', 10, 9)),
    'templates without end': code(
        'F<0>::x;', 'template <int N> struct F { static const int x = F<N + '
        '1>::x; };'),
    'templates exponentially': code(
        'F<60, 0> x;', 'template <int N, long M> struct F { F<N - 1, 2*M> a; '
        'F<N - 1, 2*M + 1> b; };\ntemplate <long M> struct F<0, M> {};'),
    'templates by pack': code(
        'A<int, __make_integer_seq<I, int, 1000000000>> x;',
        'template <class T, T... N> struct I {};'),
    'constants without end': code(
        'static_assert(f(0) == 1);',
        'constexpr int f(int x) { while (true) x++; return x; }'),
    'constants exponentially': code(
        'constexpr int x[f(60)] = {};',
        'constexpr int f(int x) { return x < 2 ? 1 : f(x - 1) + f(x - 2); }'),
    'cycle of types': code(
        'A x; B y;', 'typedef B A;\ntypedef A B;\nusing C = C;\n'
        'struct D { D d; };\nstruct E : E {};\nextern "C" void f(F);'),
    'cycle of autos': code('auto x = x; f();', 'auto f() { return f(); }'),
    'overloads': code('double x = f(1, 2, 3);', ''.join(
        f'double f(A{i}, int, int);\n' for i in range(500))),
    'declarations': code('', ''.join(
        f'extern int a{i};\n' for i in range(50000))),
    'errors': code('undeclared;\n' * 20000),
    'undeclared functions': code(''.join(f'u{i}(1);\n' for i in range(2000))),
    'pragmas for debugging': code('', ''.join(
        f'#pragma clang __debug {what}\n' for what in (
            'crash', 'parser_crash', 'assert', 'llvm_fatal_error',
            'llvm_unreachable', 'overflow_stack', 'handle_crash', 'dump x',
            'sloc_usage', 'macro x', 'captured'))),
    'pragmas': code(
        '', '#pragma clang module build m\n#pragma clang module contents\n'
        '#pragma comment(lib, "x")\n#pragma GCC poison double\n'
        '#pragma pack(push, 1000000)\n#pragma clang attribute push'),
    'line numbers': code('double x = ;', '#line 4294967295 "/etc/passwd"'),
    'error directive': code('', '#error ' + 'e' * 1000000),
}
