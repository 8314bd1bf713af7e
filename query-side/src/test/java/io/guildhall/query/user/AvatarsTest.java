package io.guildhall.query.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvatarsTest {

    private final UUID user = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000000");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    Ada Lovelace       | al
                    ada                | a
                    Zoë Maria Ångström | za
                    7 of 9             | 79
                    李 小龙             | x
                    O'Neil             | o
                    "  ../<svg> "      | s
                    ""                 | x
                    """)
    void tellInitialsAndNothingElse(String name, String initials) {
        assertThat(new Avatars(new PublicUrl(URI.create("https://guildhall.example/base/"))).of(user, name))
                .isEqualTo("https://guildhall.example/base/avatars/" + initials + "-0a1b2c3d.svg");
    }
}
