/**
 * The server of one lake: it reads the settings, wires the services together, supervises them, and answers the command
 * over HTTP on a loopback port. This is the only module that sees all others.
 */
@NullMarked
package dev.tarn.server;

import org.jspecify.annotations.NullMarked;
