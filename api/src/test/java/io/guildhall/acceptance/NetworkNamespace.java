package io.guildhall.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for one process, with two wires to this machine: one to the store, which can be cut, and one for callers. On a
 * cut wire packets vanish: nothing is refused, nothing is closed.
 */
final class NetworkNamespace implements AutoCloseable {

    /** Of addresses that are for tests of this kind (RFC 2544) and routed nowhere. */
    static final String NETWORK = "198.18.0.0";

    private final int number = ThreadLocalRandom.current().nextInt(1, 60) * 4;
    private final String name = "gh" + ProcessHandle.current().pid();

    /** Why there can be none here, or null. */
    static String impossible() {
        try {
            if (!"root".equals(System.getProperty("user.name"))) {
                return "Needs root, for a network namespace";
            }
            String probe = "ghp" + ProcessHandle.current().pid();
            run("ip", "netns", "add", probe);
            run("ip", "netns", "del", probe);
            return null;
        } catch (IllegalStateException e) {
            return "Needs network namespaces (ip netns): " + e.getMessage();
        }
    }

    NetworkNamespace() {
        run("ip", "netns", "add", name);
        try {
            run("ip", "-n", name, "link", "set", "lo", "up");
            wire("s", 1);
            wire("c", 2);
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    private void wire(String letter, int network) {
        String here = name + letter;
        String there = name + letter + "n";
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
        run("ip", "addr", "add", address(network, 1) + "/30", "dev", here);
        run("ip", "link", "set", here, "up");
        run("ip", "-n", name, "addr", "add", address(network, 2) + "/30", "dev", there);
        run("ip", "-n", name, "link", "set", there, "up");
    }

    private String address(int network, int host) {
        return "198.18.%d.%d".formatted(network, number + host);
    }

    /** By which the process inside reaches this machine. */
    String storeHost() {
        return address(1, 1);
    }

    /** By which callers reach the process inside. */
    String processHost() {
        return address(2, 2);
    }

    /** What a command line begins with whose process is to be inside. */
    List<String> inside() {
        return List.of("ip", "netns", "exec", name);
    }

    void cut() {
        run("ip", "link", "set", name + "s", "down");
    }

    void mend() {
        run("ip", "link", "set", name + "s", "up");
    }

    @Override
    public void close() {
        run("ip", "netns", "del", name);
    }

    /** What only root may do to this machine. */
    static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
