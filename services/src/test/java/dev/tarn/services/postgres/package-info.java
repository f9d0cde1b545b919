/** Tests of the embedded PostgreSQL's service. */
@NullMarked
package dev.tarn.services.postgres;

import org.jspecify.annotations.NullMarked;
