package dev.tarn.services;

import java.util.Map;
import java.util.TreeMap;

/** Settings of an engine as the text of a {@code .properties} file, sorted, so that equal settings give equal text. */
public final class PropertiesText {
    private PropertiesText() {}

    /** One {@code key=value} a line; backslashes and line ends are escaped as {@link java.util.Properties} reads them. */
    public static String of(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(settings)
                .forEach((key, value) -> text.append(key)
                        .append('=')
                        .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                        .append('\n'));
        return text.toString();
    }
}
