/**
 * The program of a short-lived process: the command starts it for one piece of work on topics, tells it on standard input
 * what to do and with which passwords, and hands on its exit code. The command itself has no Kafka on its class path.
 */
@NullMarked
package dev.tarn.processes.topics;

import org.jspecify.annotations.NullMarked;
