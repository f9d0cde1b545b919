package dev.tarn.cli;

import java.util.Map;

/** A noun whose commands are verbs, such as {@code source list}. */
interface CommandGroup {
    /** The commands by their names, in the order of the help page. */
    Map<String, Object> commands();
}
