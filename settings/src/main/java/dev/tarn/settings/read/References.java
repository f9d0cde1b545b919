package dev.tarn.settings.read;

import dev.tarn.settings.secret.SecretSources;
import dev.tarn.settings.secret.UnreadableSecretException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks and replaces the references of a text, such as <code>${env:X}</code>. */
final class References {
    private static final Pattern ANY = Pattern.compile("\\$\\{(?:([^:}]*):)?([^}]*)}");

    private final SecretSources secrets;
    private final Resolve resolve;

    References(SecretSources secrets, Resolve resolve) {
        this.secrets = secrets;
        this.resolve = resolve;
    }

    /** True if a known reference stands in the text. */
    boolean anyIn(String text) {
        return ANY.matcher(text).results().anyMatch(match -> match.group(1) != null);
    }

    /** True if the text holds a reference without a source, such as <code>${X}</code>. */
    boolean anyUnnamed(String text) {
        return ANY.matcher(text).results().anyMatch(match -> match.group(1) == null);
    }

    /** True if the text is one reference and nothing else. */
    boolean isOne(String text) {
        Matcher matcher = ANY.matcher(text);
        return matcher.matches() && matcher.group(1) != null;
    }

    /**
     * The text with its references replaced.
     *
     * @param schemes what may stand here
     * @return empty if a reference cannot be replaced, with a problem, or must not be
     */
    Optional<String> replace(YamlValue value, String text, Set<String> schemes) {
        StringBuilder replaced = new StringBuilder();
        boolean complete = true;
        Matcher matcher = ANY.matcher(text);
        while (matcher.find()) {
            String scheme = matcher.group(1);
            if (scheme == null) {
                // Engines have variables of their own, such as ${routedByValue}.
                matcher.appendReplacement(replaced, Matcher.quoteReplacement(matcher.group()));
                continue;
            }
            Optional<String> content = load(value, scheme, matcher.group(2), schemes);
            complete &= content.isPresent();
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(content.orElse("")));
        }
        matcher.appendTail(replaced);
        return complete ? Optional.of(replaced.toString()) : Optional.empty();
    }

    private Optional<String> load(YamlValue value, String scheme, String path, Set<String> schemes) {
        if (!secrets.schemes().contains(scheme)) {
            value.problem(value.name() + " refers to '" + scheme + "'"
                    + Spelling.advice(scheme, secrets.schemes(), "known are"));
            return Optional.empty();
        }
        if (!schemes.contains(scheme)) {
            value.problem(value.name() + " is no secret and may refer to the environment alone, as ${env:X}, not to '"
                    + scheme + "'");
            return Optional.empty();
        }
        if (resolve == Resolve.NOTHING) {
            return Optional.empty();
        }
        try {
            return Optional.of(secrets.load(scheme, path));
        } catch (UnreadableSecretException e) {
            value.problem(value.name() + ": " + e.getMessage(), e);
            return Optional.empty();
        }
    }
}
