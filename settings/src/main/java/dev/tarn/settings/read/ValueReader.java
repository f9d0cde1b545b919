package dev.tarn.settings.read;

import dev.tarn.settings.secret.Options;
import dev.tarn.settings.secret.Secret;
import dev.tarn.settings.secret.SecretSources;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads single values: texts, words, secrets, options. Each that cannot be read is a problem and gives a stand-in. */
public final class ValueReader {
    private static final Set<String> TEXT_SCHEMES = Set.of("env");
    // As in sasl.jaas.config: … required username="u" password="p";
    private static final Pattern CLEAR_IN_TEXT =
            Pattern.compile("(password|secret)\\s*=\\s*(?!\\s|\"?\\$\\{)", Pattern.CASE_INSENSITIVE);
    private static final Secret NO_SECRET = Secret.of("");

    private final SecretSources secrets;
    private final References references;

    public ValueReader(SecretSources secrets, Resolve resolve) {
        this.secrets = secrets;
        this.references = new References(secrets, resolve);
    }

    /**
     * Reads a text that is no secret.
     *
     * @param check gives the value, or throws IllegalArgumentException with the rest of "kafka.bootstrap must be …"
     */
    public <T> T text(YamlValue value, T standIn, Function<String, T> check) {
        return wordOrText(value, standIn, Map.of(), check);
    }

    /** Reads one of a few words; {@code form} says what may stand there: "must be 'embedded' or {url: …}". */
    public <T> T word(YamlValue value, T standIn, Map<String, T> words, String form) {
        if (!value.isText()) {
            value.refuse(form);
            return standIn;
        }
        return wordOrText(value, standIn, words, text -> {
            throw new IllegalArgumentException(form);
        });
    }

    /** Reads one of a few words or, if it is none of them, a text. */
    public <T> T wordOrText(YamlValue value, T standIn, Map<String, T> words, Function<String, T> check) {
        return value.text()
                .flatMap(written -> references
                        .replace(value, written, TEXT_SCHEMES)
                        .flatMap(text -> check(value, written, text, words, check)))
                .orElse(standIn);
    }

    private <T> Optional<T> check(
            YamlValue value, String written, String text, Map<String, T> words, Function<String, T> check) {
        if (references.anyUnnamed(written)) {
            value.refuse("must write a reference as ${env:X}");
            return Optional.empty();
        }
        T word = words.get(text);
        try {
            return Optional.of(word == null ? check.apply(text) : word);
        } catch (IllegalArgumentException e) {
            String advice = Spelling.nearest(written, words.keySet())
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            value.refuse(String.valueOf(e.getMessage()), advice);
            return Optional.empty();
        }
    }

    /** Reads a secret: one reference and nothing else. Its value is in no message. */
    public Secret secret(YamlValue value) {
        if (!value.isText()) {
            value.refuse("must be a reference such as ${env:X}");
            return NO_SECRET;
        }
        Optional<String> reference = value.text().filter(references::isOne);
        if (reference.isEmpty()) {
            clear(value);
        }
        return reference
                .flatMap(one -> references.replace(value, one, secrets.schemes()))
                .map(Secret::of)
                .orElse(NO_SECRET);
    }

    /** Reads the path of a file that is no secret, and gives what is in it. A relative path starts at the lake directory. */
    public String file(YamlValue value) {
        return text(value, Optional.<String>empty(), path -> Optional.of(Names.filled(path)))
                .flatMap(path -> references.replace(value, "${file:" + path + "}", Set.of("file")))
                .orElse("");
    }

    /**
     * Reads an engine's own options: any keys, with texts, numbers or references.
     *
     * @param ours the keys that Tarn sets itself, which are refused
     */
    public Options options(YamlValue value, Set<String> ours) {
        Map<String, String> options = new LinkedHashMap<>();
        Set<String> secretKeys = new LinkedHashSet<>();
        Map<String, YamlValue> entries = value.map().map(YamlMap::entries).orElse(Map.of());
        entries.forEach((key, option) -> {
            if (ours.contains(key)) {
                option.problem(value.name() + " must not set '" + key + "': Tarn sets it itself");
            } else {
                option.text().filter(text -> isSafe(key, text, option)).ifPresent(text -> {
                    references.replace(option, text, secrets.schemes()).ifPresent(all -> options.put(key, all));
                    if (references.anyIn(text)) {
                        secretKeys.add(key);
                    }
                });
            }
        });
        return new Options(options, secretKeys);
    }

    /** Reads a list of texts that differ, such as columns. */
    public List<String> texts(YamlValue value, String example) {
        Set<String> texts = new LinkedHashSet<>();
        for (YamlValue item : value.list(example)) {
            String text = text(item, "", Names::filled);
            if (!texts.add(text) && !text.isEmpty()) {
                item.problem(value.name() + " names '" + text + "' twice");
            }
        }
        return List.copyOf(texts);
    }

    private boolean isSafe(String key, String text, YamlValue option) {
        String lower = key.toLowerCase(Locale.ROOT);
        boolean secretKey = lower.contains("password") || lower.contains("secret");
        boolean clear = secretKey
                ? !references.isOne(text)
                : CLEAR_IN_TEXT.matcher(text).find();
        if (clear) {
            clear(option);
        }
        return !clear;
    }

    private static void clear(YamlValue value) {
        value.problem(value.name() + " is written in clear; keep it elsewhere and write ${env:X} or ${file:P}");
    }
}
