package dev.tarn.settings.aws;

import dev.tarn.model.TarnException;
import dev.tarn.settings.LakeSettings;
import dev.tarn.settings.source.PostgresSettings.ExternalPostgres;
import java.nio.file.Path;

/** A program without the AWS library on its class path, which reads a lake directory and prints what it finds. */
final class LakeProgram {
    private LakeProgram() {}

    public static void main(String[] arguments) {
        try {
            Class.forName("software.amazon.awssdk.services.ssm.SsmClient");
            System.out.println("The AWS library is on the class path.");
        } catch (ClassNotFoundException e) {
            System.out.println("The AWS library is not on the class path.");
        }
        try {
            LakeSettings lake = LakeSettings.load(Path.of(arguments[0]), null);
            ExternalPostgres postgres = (ExternalPostgres) lake.sources().get(0).postgres();
            System.out.println(postgres.login());
            System.out.println(postgres.login().password().reveal().length() + " letters");
        } catch (TarnException e) {
            System.out.println(e.getMessage());
        }
    }
}
