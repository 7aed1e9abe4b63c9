import Delivery
import Platform
import Secrets

// The only part of the journalist's side that speaks to the network: it is handed one finished
// message on standard input, holds no key and opens no vault.
Hardening.apply()
guard CommandLine.arguments.count == 1 else {
    try? DescriptorStream.standardError.write(
        "amparo-courier: started by amparo, with a message on standard input; see amparo channel\n")
    ProcessExit.end(2)
}
ProcessExit.end(
    CourierProgram.run(
        input: DescriptorStream.standardInput, output: DescriptorStream.standardOutput,
        files: LinuxFileSystem()))
