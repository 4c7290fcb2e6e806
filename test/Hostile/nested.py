"""What is nested, or follows upon itself, 10,000 times and more."""
from hostile import bomb, code

DEEP = 10000

CASES = {
    'parentheses': code('double x = ' + '(' * DEEP + '1' + ')' * DEEP + ';'),
    'parentheses by macro': code(
        'double x = P0 1 Q0;', bomb('P', '(', 10, 5) + bomb('Q', ')', 10, 5)),
    'blocks': code('{' * DEEP + '}' * DEEP),
    'blocks by macro': code(
        'P0 Q0', bomb('P', '{', 10, 5) + bomb('Q', '}', 10, 5)),
    'ifs': code('if(1) ' * DEEP + ';'),
    'ifs by macro': code('P0 ;', bomb('P', 'if(1)', 10, 6)),
    'loops': code('for(;;) while(1) ' * 3000 + ';'),
    'dos': code('do ' * 40000 + ';'),
    'else-ifs': code('if(1) ; else ' * DEEP + ';'),
    'else-ifs by macro': code('P0 ;', bomb('P', 'if(1) ; else', 10, 6)),
    'labels': code('switch(1) {' + 'case 1: ' * 15000 + ';}'),
    'unary operators': code('double x = ' + '- ' * DEEP + '1;'),
    'unary operators by macro': code('double x = P0 1;', bomb('P', '- ', 10, 7)),
    'unary words': code('double x = ' + 'sizeof ' * 40000 + '1;'),
    'casts': code('double x = ' + '(double) ' * DEEP + '1;'),
    'conditionals': code('double x = ' + '1 ? 2 : ' * DEEP + '1;'),
    'conditionals in the middle': code(
        'double x = ' + '1 ? ' * DEEP + '1' + ' : 2' * DEEP + ';'),
    'assignments': code('double x; ' + 'x = ' * 20000 + '1;'),
    'sums': code('double x = 1' + ' + 1' * 20000 + ';'),
    'sums by macro': code('double x = 1 P0;', bomb('P', '+ 1', 10, 6)),
    'calls': code('double x = ' + 'f(' * DEEP + ')' * DEEP + ';'),
    'subscripts': code('double *x; x' + '[0]' * 12000 + ';'),
    'members': code('A a; a' + '.a' * 3000 + ';', 'struct A { A &a; };'),
    'pointers': code('double ' + '*' * 40000 + 'x;'),
    'arrays of arrays': code('double x' + '[1]' * 3000 + ';'),
    'initialisers': code('double x = ' + '{' * DEEP + '}' * DEEP + ';'),
    'template arguments': code('A<' * DEEP + 'int' + '>' * DEEP + ' x;',
                               'template <class T> struct A {};'),
    'template parameters': code('', 'template <' * DEEP),
    'linkages': code('', 'extern "C" ' * 20000 + 'int x;'),
    'namespaces': code('', 'namespace a::' + 'a::' * 2000 + 'a {}'),
    'lambdas': code('[]{' * DEEP + '}();' * DEEP),
    'strings': code('const char *x = ' + '"a" ' * 40000 + ';'),
    'conditions': code('', '#if ' + '!' * 100000 + '0\n#endif'),
    'conditions in brackets': code(
        '', '#if ' + '(' * 100000 + '0' + ')' * 100000 + '\n#endif'),
    'conditions never ended': code('', '#if 1\n' * DEEP),
    'one long line': code('double x = 1;' * 700000),
    'continued lines': code('double x = 1' + ' \\\n' * 100000 + ';'),
}
