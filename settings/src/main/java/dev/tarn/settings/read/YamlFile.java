package dev.tarn.settings.read;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML 1.2 file of a lake directory. */
public final class YamlFile {
    private YamlFile() {}

    /**
     * Reads a file that holds one map. An empty file is an empty map.
     *
     * @param file relative to the lake directory, such as {@code sources/moma.yaml}
     * @param keys the keys that the map may have
     * @return empty if the file cannot be read or holds no map, which is then among the problems
     */
    public static Optional<YamlMap> read(Path lakeDirectory, String file, List<String> keys, Problems problems) {
        Place whole = new Place(file, 0);
        String text = "";
        try {
            text = Files.readString(lakeDirectory.resolve(file));
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
            return root.map(node -> new YamlValue("", file, node, problems).map(keys))
                    .orElseGet(() -> Optional.of(YamlMap.empty(whole, problems)));
        } catch (CharacterCodingException e) {
            problems.add(whole, "the file is not UTF-8 text", e);
        } catch (IOException e) {
            problems.add(whole, "the file cannot be read: " + e, e);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            problems.add(new Place(file, line), "this is not YAML: " + reason(e) + advice(text, line));
        } catch (YamlEngineException e) {
            problems.add(whole, "this is not YAML: it holds control characters or is too large");
        }
        return Optional.empty();
    }

    // The whole message of the parser quotes the line, and with it maybe a password.
    private static String reason(MarkedYamlEngineException error) {
        String problem = error.getProblem();
        return problem.startsWith("found undefined")
                ? "an alias or a tag is not defined; put a text that starts with *, & or ! in quotes"
                : problem;
    }

    // A brace opens a map inside {…}, also the one of ${env:X}.
    private static String advice(String text, int line) {
        boolean reference = text.lines().skip(Math.max(0, line - 1)).limit(1).anyMatch(broken -> broken.contains("${"));
        return reference ? "; put a reference such as ${env:X} in quotes" : "";
    }
}
