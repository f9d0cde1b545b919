package dev.tarn.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code tarn --version} says. */
final class Version implements IVersionProvider {
    /** The version of the build; {@code development} when it runs from classes. */
    static String ofThisProgram() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "tarn " + ofThisProgram(),
            "JDK  " + System.getProperty("java.runtime.version") + " in " + System.getProperty("java.home"),
            "home " + System.getProperty("tarn.home", "unknown")
        };
    }
}
