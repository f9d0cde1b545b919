package dev.tarn.load.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads arrays of what is text in the lake from what PostgreSQL writes for them, such as {@code {a,"b c",NULL}}, or with
 * bounds {@code [0:1]={a,b}}.
 *
 * @param nulls what Debezium does with elements that are null
 */
record TextArrays(Nulls nulls) implements ValueReader {

    /** What Debezium does with elements that are null. */
    enum Nulls {
        /** They stay. */
        KEPT,
        /** It fails. */
        REFUSED
    }

    @Override
    public Object read(byte[] bytes, int at, int length) {
        String text = Texts.text(bytes, at, length);
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean isQuoted = false;
        boolean wasQuoted = false;
        int end = text.length() - 1;
        for (int i = text.indexOf('{') + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                element.append(text.charAt(i));
            } else if (c == '"') {
                isQuoted = !isQuoted;
                wasQuoted = true;
            } else if (isQuoted) {
                element.append(c);
            } else if (c == '{') {
                throw new UnreadableValueException("an array of arrays");
            } else if (c == ',') {
                values.add(element(element, wasQuoted));
                element.setLength(0);
                wasQuoted = false;
            } else {
                element.append(c);
            }
        }
        if (wasQuoted || element.length() > 0) {
            values.add(element(element, wasQuoted));
        }
        return values;
    }

    private @Nullable String element(StringBuilder text, boolean wasQuoted) {
        if (wasQuoted || !"NULL".contentEquals(text)) {
            return text.toString();
        }
        if (nulls == Nulls.REFUSED) {
            throw new UnreadableValueException("an array in which an element is null");
        }
        return null;
    }
}
