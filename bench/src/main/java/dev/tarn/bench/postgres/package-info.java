/** What a bench asks of PostgreSQL's driver itself. */
@NullMarked
package dev.tarn.bench.postgres;

import org.jspecify.annotations.NullMarked;
