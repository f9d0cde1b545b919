package dev.tarn.cli.shell;

import dev.tarn.cli.sql.SqlScript;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** A statement goes on until its semicolon; a command of the shell is one line. */
final class StatementParser extends DefaultParser {
    StatementParser() {
        setQuoteChars(new char[0]);
        setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepting = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (accepting
                && !ShellCommand.isOne(line)
                && !SqlScript.parse(line).rest().isEmpty()) {
            throw new EOFError(-1, -1, "no semicolon yet", ";");
        }
        return super.parse(line, cursor, context);
    }

    /** Words are names, with dots in them. */
    @Override
    public boolean isDelimiterChar(CharSequence buffer, int position) {
        char c = buffer.charAt(position);
        return !Character.isJavaIdentifierPart(c) && c != '.' && c != '\\';
    }
}
