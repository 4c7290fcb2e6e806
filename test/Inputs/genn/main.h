#include <cstdio>
#include <cstdlib>
#include <algorithm>
#include <iostream>
