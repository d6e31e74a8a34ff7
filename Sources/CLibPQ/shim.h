// The client library of PostgreSQL, found through pkg-config.
#include <libpq-fe.h>
