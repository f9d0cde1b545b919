package dev.tarn.cli.terminal;

import java.util.Collection;
import java.util.Map;

/**
 * How far a number of things have come.
 *
 * @param states what each thing does now, by its name
 * @param pending the names of those that are not there yet
 */
public record Steps(Map<String, String> states, Collection<String> pending) {}
