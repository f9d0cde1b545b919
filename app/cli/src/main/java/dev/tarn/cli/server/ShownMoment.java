package dev.tarn.cli.server;

import java.util.Map;
import java.util.Optional;

/**
 * The moment of their source that rows show.
 *
 * @param at ISO 8601, UTC
 * @param exact whether it is the moment that was asked for; else the latest before it for which all tables have a state
 */
public record ShownMoment(String at, boolean exact) {
    /** @param field of an answer */
    static Optional<ShownMoment> find(JsonFields answer, String field) {
        return answer.values().get(field) instanceof Map<?, ?> moment && moment.get("at") != null
                ? Optional.of(
                        new ShownMoment(String.valueOf(moment.get("at")), Boolean.TRUE.equals(moment.get("exact"))))
                : Optional.empty();
    }

    /** For the user, of one table; empty if it is what was asked for. */
    public Optional<String> correction(String preposition) {
        return exact
                ? Optional.empty()
                : Optional.of(preposition + " " + at
                        + ", the latest moment before that for which the table has a complete state.");
    }

    /** For the user, of all tables of a query. */
    public String words() {
        return exact
                ? "As of " + at + "."
                : "As of " + at + ", the latest moment before that for which all tables have a complete state.";
    }
}
