package dev.tarn.settings.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a settings file with its name and its place. What it is not is noted as a problem, and reading goes on. */
public final class YamlValue {
    private static final int LONGEST_SHOWN = 80;

    private final String name;
    private final String file;
    private final Node node;
    private final Problems problems;

    YamlValue(String name, String file, Node node, Problems problems) {
        this.name = name;
        this.file = file;
        this.node = node;
        this.problems = problems;
    }

    /** The keys that lead to it, such as {@code kafka.bootstrap}; empty for the file as a whole. */
    public String name() {
        return name;
    }

    /** File and line where it starts. */
    public Place place() {
        return place(node);
    }

    /** True for {@code {…}} and its indented form. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** True for {@code […]} and its indented form. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** True for a text or a number, false for nothing at all. */
    public boolean isText() {
        return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
    }

    /** The text or number as it is written; empty, with a problem, for a list, a map or nothing. */
    public Optional<String> text() {
        if (node instanceof ScalarNode scalar && isText()) {
            return Optional.of(scalar.getValue());
        }
        refuse("must be text");
        return Optional.empty();
    }

    /** Its items; none, with a problem that shows {@code example}, if it is no list. */
    public List<YamlValue> list(String example) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlValue(name, file, item, problems))
                    .toList();
        }
        refuse("must be a list such as " + example);
        return List.of();
    }

    /** It as a map that has only these keys; empty, with a problem, if it is no map. */
    public Optional<YamlMap> map(List<String> keys) {
        Optional<YamlMap> map = map();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                String key = keyText(entry);
                if (!keys.contains(key)) {
                    String advice = Spelling.advice(key, keys, "known are");
                    problems.add(place(entry.getKeyNode()), "unknown key '" + key + "'" + advice);
                }
            }
        }
        return map;
    }

    /** It as a map with any keys; empty, with a problem, if it is no map. */
    public Optional<YamlMap> map() {
        if (!(node instanceof MappingNode mapping)) {
            refuse("must be a map of keys and values");
            return Optional.empty();
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = keyText(entry);
            String path = name.isEmpty() ? key : name + "." + key;
            YamlValue value = new YamlValue(path, file, entry.getValueNode(), problems);
            if (entries.putIfAbsent(key, value) != null) {
                problems.add(place(entry.getKeyNode()), "key '" + key + "' is written twice");
            }
        }
        return Optional.of(new YamlMap(name, place(), entries, problems));
    }

    /** Notes that this value cannot stand, and shows it: {@code kafka.bootstrap must be host:port, not 'b1'}. */
    public void refuse(String reason) {
        refuse(reason, "");
    }

    /** The same, with advice after the value: {@code ; did you mean 'embedded'?}. */
    public void refuse(String reason, String advice) {
        problem((name.isEmpty() ? "the file" : name) + " " + reason + shown() + advice);
    }

    /** Notes a problem at this line; the text is complete. */
    public void problem(String text) {
        problems.add(place(), text);
    }

    /** Notes a problem at this line, with its cause for the log. */
    public void problem(String text, Throwable cause) {
        problems.add(place(), text, cause);
    }

    private String shown() {
        if (isMap()) {
            return ", not a map";
        }
        if (isList()) {
            return ", not a list";
        }
        if (!isText()) {
            return ", but it is empty";
        }
        String written = ((ScalarNode) node).getValue();
        // An address may carry a password, as in http://user:password@host.
        boolean maybeSecret = written.contains("@") || written.contains("=");
        return maybeSecret || written.length() > LONGEST_SHOWN ? "" : ", not '" + written + "'";
    }

    private String keyText(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
    }

    private Place place(Node at) {
        return new Place(file, at.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
    }
}
