/**
 * The server of a lake, seen from outside: how it is started, what it writes about itself under {@code .tarn/run/}, and
 * its API. The services behind it are known here by name only.
 */
@NullMarked
package dev.tarn.cli.server;

import org.jspecify.annotations.NullMarked;
