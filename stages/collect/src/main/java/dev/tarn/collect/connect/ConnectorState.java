package dev.tarn.collect.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connector as Kafka Connect knows it.
 *
 * @param settings as they were given
 * @param state of the connector itself, such as {@code RUNNING}
 * @param trace why it failed; empty if it did not
 */
public record ConnectorState(String name, Map<String, String> settings, String state, String trace, List<Task> tasks) {
    // The words of Kafka's TopicAuthorizationException and GroupAuthorizationException.
    private static final Pattern DENIED =
            Pattern.compile(".*AuthorizationException: Not authorized to access (group|topics): \\[?([^\\]]*)]?");

    public ConnectorState {
        settings = Map.copyOf(settings);
        tasks = List.copyOf(tasks);
    }

    /** One task, as {@link ConnectorState} is one connector. */
    public record Task(int id, String state, String trace) {}

    /** Whether the connector and all its tasks run. */
    public boolean isRunning() {
        return state.equals("RUNNING")
                && !tasks.isEmpty()
                && tasks.stream().allMatch(task -> task.state().equals("RUNNING"));
    }

    /** Whether it was stopped, and all its tasks have ended. */
    public boolean isStopped() {
        return state.equals("STOPPED") && tasks.isEmpty();
    }

    /** Why it failed, in one line; empty if it did not. */
    public Optional<String> failure() {
        if (state.equals("FAILED")) {
            return Optional.of(reason(trace));
        }
        return tasks.stream()
                .filter(task -> task.state().equals("FAILED"))
                .map(task -> reason(task.trace()))
                .findFirst();
    }

    // The innermost cause says what happened; the outer ones say through which code.
    private String reason(String trace) {
        String reason = trace.lines().findFirst().orElse("no reason given");
        for (String line : trace.lines().toList()) {
            if (line.startsWith("Caused by: ")) {
                reason = line.substring("Caused by: ".length());
            }
        }
        Matcher denied = DENIED.matcher(reason);
        if (denied.matches()) {
            String resource = denied.group(1).equals("group") ? "group" : "topic";
            // Only sinks read topics, and what a group may is read.
            String operation = resource.equals("group") || settings.containsKey("topics") ? "Read" : "Write";
            return "Kafka does not allow this user " + operation + " on " + resource + " '" + denied.group(2)
                    + "'. Have that right given, or name another user under 'kafka' in lake.yaml";
        }
        return reason.replaceFirst("^([a-z]\\w*\\.)+(\\w+)", "$2").strip();
    }
}
