package io.guildhall.api.mail;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The words of each kind of mail, from the files in {@code /mail}; all are read at start, so that a broken one is noticed there. */
@Component
class Templates {

    private static final String SUBJECT = "Subject: ";

    /** What a person reads. */
    record Text(String subject, String plain, String html) {}

    private record Pair(Template plain, Template html) {}

    private final Map<MailKind, Pair> templates = new EnumMap<>(MailKind.class);

    Templates() {
        Mustache.Compiler compiler =
                Mustache.compiler().emptyStringIsFalse(true).withLoader(name -> reader(name + ".html.mustache"));
        for (MailKind kind : MailKind.values()) {
            templates.put(
                    kind,
                    new Pair(
                            compile(compiler.escapeHTML(false), kind.slug() + ".txt.mustache"),
                            compile(compiler.escapeHTML(true), kind.slug() + ".html.mustache")));
        }
    }

    Text render(MailContent mailContent) {
        Pair pair = templates.get(mailContent.kind());
        if (pair == null) {
            throw new IllegalStateException("No template for " + mailContent.kind());
        }
        String plain = pair.plain().execute(mailContent.words());
        int end = plain.indexOf('\n');
        String subject = plain.substring(SUBJECT.length(), end);
        Map<String, Object> words = new HashMap<>(mailContent.words());
        words.put("subject", subject);
        return new Text(
                subject, plain.substring(end).strip() + "\n", pair.html().execute(words));
    }

    private static Template compile(Mustache.Compiler compiler, String file) {
        try (Reader reader = reader(file)) {
            return compiler.compile(reader);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Reader reader(String file) {
        InputStream stream = Templates.class.getResourceAsStream("/mail/" + file);
        if (stream == null) {
            throw new IllegalStateException("There is no template " + file);
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
