package dev.tarn.analyze.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values that consist of several, in their canonical form. */
final class Composites {
    private static final HexFormat HEX = HexFormat.of();

    private Composites() {}

    static String bytes(byte[] value) {
        return "\\x" + HEX.formatHex(value);
    }

    /** Digits 0 and 1, first bit first, packed as Debezium does: the last bit is the lowest of the first byte. */
    static String bits(String digits) {
        byte[] packed = new byte[(digits.length() + 7) / 8];
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(digits.length() - 1 - i) == '1') {
                packed[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        return bits(packed);
    }

    /** How many bits there are, the lake does not know: empty bytes at the end do not count. */
    static String bits(byte[] packed) {
        int end = packed.length;
        while (end > 0 && packed[end - 1] == 0) {
            end--;
        }
        return bytes(Arrays.copyOf(packed, end));
    }

    /** Hexadecimal digits of all bytes of packed bits. */
    static String packed(String digits) {
        String some = bits(digits).substring(2);
        return some + "00".repeat((digits.length() + 7) / 8 - some.length() / 2);
    }

    /** A point without exponents. */
    static String plainPoint(String text) {
        int comma = text.indexOf(',');
        return "(" + plainNumber(text.substring(1, comma)) + ","
                + plainNumber(text.substring(comma + 1, text.length() - 1)) + ")";
    }

    private static String plainNumber(String text) {
        double value = Double.parseDouble(Numbers.javaFloat(text));
        return Double.isFinite(value)
                ? new java.math.BigDecimal(Double.toString(value))
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(value);
    }

    /** What hstore holds as an object of JSON. */
    static String hstoreAsJson(String text) {
        StringBuilder json = new StringBuilder("{");
        entries(text).forEach((key, value) -> {
            json.append(json.length() == 1 ? "" : ",");
            quoteJson(json, key);
            json.append(':');
            if (value == null) {
                json.append("null");
            } else {
                quoteJson(json, value);
            }
        });
        return json.append('}').toString();
    }

    private static void quoteJson(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    static String point(String text) {
        int comma = text.indexOf(',');
        if (!text.startsWith("(") || !text.endsWith(")") || comma < 0) {
            return text;
        }
        return "(" + number(text.substring(1, comma)) + "," + number(text.substring(comma + 1, text.length() - 1))
                + ")";
    }

    private static String number(String text) {
        return Numbers.text(Double.parseDouble(Numbers.javaFloat(text)));
    }

    /** {@code "b"=>"2", "a"=>NULL} with its keys in order. */
    static String hstore(String text) {
        return ordered(entries(text));
    }

    private static TreeMap<String, @Nullable String> entries(String text) {
        TreeMap<String, @Nullable String> entries = new TreeMap<>();
        Scanner in = new Scanner(text);
        while (in.skipTo('"')) {
            String key = in.quoted();
            in.skip("=>");
            if (in.peek() == '"') {
                entries.put(key, in.quoted());
            } else {
                in.skip("NULL");
                entries.put(key, null);
            }
        }
        return entries;
    }

    /** The same from the JSON that Debezium makes of it: an object of texts and nulls. */
    static String json(String text) {
        TreeMap<String, @Nullable String> entries = new TreeMap<>();
        Scanner in = new Scanner(text, true);
        while (in.skipTo('"')) {
            String key = in.quoted();
            in.skipTo(':');
            in.skip(":");
            in.skipBlanks();
            if (in.peek() == '"') {
                entries.put(key, in.quoted());
            } else {
                in.skip("null");
                entries.put(key, null);
            }
        }
        return ordered(entries);
    }

    private static String ordered(TreeMap<String, @Nullable String> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach((key, value) -> {
            text.append(text.length() == 0 ? "" : ", ");
            quote(text, key);
            text.append("=>");
            if (value == null) {
                text.append("NULL");
            } else {
                quote(text, value);
            }
        });
        return text.toString();
    }

    /** The elements of an array as PostgreSQL writes it; null for one that is NULL. Arrays in it stay as written. */
    static List<@Nullable String> elements(String text) {
        List<@Nullable String> elements = new ArrayList<>();
        // A lower bound other than one stands before it: [0:1]={a,b}.
        Scanner in = new Scanner(text);
        in.skipTo('{');
        in.skip("{");
        while (in.peek() != '}') {
            if (in.peek() == '"') {
                elements.add(in.quoted());
            } else {
                String bare = in.bare();
                elements.add(bare.equals("NULL") ? null : bare);
            }
            if (in.peek() == ',') {
                in.skip(",");
            }
        }
        return elements;
    }

    /** Elements in their form as one text. */
    static String list(List<@Nullable String> elements) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < elements.size(); i++) {
            text.append(i == 0 ? "" : ",");
            String element = elements.get(i);
            if (element == null) {
                text.append("NULL");
            } else {
                quote(text, element);
            }
        }
        return text.append('}').toString();
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }

    /** Reads quoted text with what PostgreSQL and JSON escape in it. */
    private static final class Scanner {
        private final String text;
        private final boolean json;
        private int at;

        Scanner(String text) {
            this(text, false);
        }

        Scanner(String text, boolean json) {
            this.text = text;
            this.json = json;
        }

        char peek() {
            if (at >= text.length()) {
                throw new IllegalArgumentException("'" + text + "' ends too early");
            }
            return text.charAt(at);
        }

        boolean skipTo(char c) {
            int found = text.indexOf(c, at);
            at = found < 0 ? text.length() : found;
            return found >= 0;
        }

        void skip(String word) {
            if (!text.startsWith(word, at)) {
                throw new IllegalArgumentException("'" + text + "' has no '" + word + "' at " + at);
            }
            at += word.length();
        }

        void skipBlanks() {
            while (peek() == ' ') {
                at++;
            }
        }

        String bare() {
            int start = at;
            int depth = 0;
            while (depth > 0 || peek() != ',' && peek() != '}') {
                depth += peek() == '{' ? 1 : peek() == '}' ? -1 : 0;
                at++;
            }
            return text.substring(start, at);
        }

        String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (peek() != '"') {
                char c = text.charAt(at++);
                value.append(c == '\\' ? escaped() : c);
            }
            at++;
            return value.toString();
        }

        private char escaped() {
            char c = peek();
            at++;
            // PostgreSQL escapes the quote and the backslash alone; the letters are JSON's, where they cannot mean
            // themselves.
            return switch (json ? c : '"') {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'u' -> {
                    at += 4;
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                }
                default -> c;
            };
        }
    }
}
