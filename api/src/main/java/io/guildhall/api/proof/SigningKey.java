package io.guildhall.api.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.secret.MasterKey;
import io.guildhall.query.account.PublicUrl;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The Ed25519 key that checkpoints are signed with: one for all processes and organizations, made when it is first needed. Its
 * private part is stored wrapped under a key of the master key. Its name is that of the service at that time, and stays.
 */
@Component
class SigningKey {

    private static final String ALGORITHM = "Ed25519";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final JdbcClient sql;
    private final SecretKeySpec wrapping;
    private final String serviceName;
    private volatile @Nullable Pair pair;

    SigningKey(JdbcClient sql, MasterKey master, PublicUrl url) {
        this.sql = sql;
        this.wrapping = new SecretKeySpec(master.derive("signing-key"), "AES");
        this.serviceName = name(url.value());
    }

    private record Pair(VerifierKey verifier, PrivateKey secret) {}

    private record Row(String name, byte[] publicKey, byte[] wrapped) {}

    VerifierKey verifier() {
        return pair().verifier();
    }

    byte[] sign(String text) {
        try {
            Signature signing = Signature.getInstance(ALGORITHM);
            signing.initSign(pair().secret());
            signing.update(text.getBytes(UTF_8));
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Pair pair() {
        Pair known = pair;
        if (known == null) {
            known = load();
            pair = known;
        }
        return known;
    }

    private Pair load() {
        Row row = find();
        if (row == null) {
            create();
            row = find();
        }
        if (row == null) {
            throw new IllegalStateException("The signing key cannot be kept");
        }
        try {
            byte[] secret = crypt(Cipher.DECRYPT_MODE, row.wrapped(), row.name());
            return new Pair(
                    new VerifierKey(row.name(), row.publicKey()),
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secret)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key cannot be opened with this master key", e);
        }
    }

    private @Nullable Row find() {
        return sql.sql("select name, public_key, wrapped from signing_key")
                .query((row, n) -> new Row(row.getString(1), row.getBytes(2), row.getBytes(3)))
                .optional()
                .orElse(null);
    }

    /** Of several processes that do this at the same time, one stores its key. */
    private void create() {
        try {
            KeyPair made = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            sql.sql("insert into signing_key (name, public_key, wrapped) values (?, ?, ?) on conflict do nothing")
                    .params(
                            serviceName,
                            VerifierKey.of(serviceName, made.getPublic()).raw(),
                            crypt(Cipher.ENCRYPT_MODE, made.getPrivate().getEncoded(), serviceName))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nonce, then ciphertext with its tag. */
    private byte[] crypt(int mode, byte[] input, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        byte[] nonce = new byte[NONCE];
        if (mode == Cipher.ENCRYPT_MODE) {
            new SecureRandom().nextBytes(nonce);
        } else {
            nonce = Arrays.copyOf(input, NONCE);
        }
        cipher.init(mode, wrapping, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(UTF_8));
        if (mode == Cipher.DECRYPT_MODE) {
            return cipher.doFinal(input, NONCE, input.length - NONCE);
        }
        byte[] output = cipher.doFinal(input);
        return ByteBuffer.allocate(NONCE + output.length).put(nonce).put(output).array();
    }

    /** An address without its scheme, and without what the names of keys may not have. */
    private static String name(URI url) {
        return (url.getRawAuthority() + url.getRawPath()).replace('+', '-').replaceAll("/+$", "");
    }
}
