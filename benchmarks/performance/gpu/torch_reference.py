"""The yardstick of `npm run bench:gpu`: the same decoder in PyTorch with cached cross keys and values, a static cache and torch.compile.

python3 torch_reference.py 1,4   (numbers of clips; float16, both branches of guidance, random weights of the released size)
"""

import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional

WIDTH, HEADS, LAYERS, HIDDEN = 1536, 24, 48, 6144
CODEBOOKS, CODES, MEMORY, COLUMNS = 4, 2048, 3000, 1504
HEAD = WIDTH // HEADS
STEPS, WARM_UP = 80, 30


def matrix(inputs: int, outputs: int) -> nn.Linear:
    return nn.Linear(inputs, outputs, bias=False)


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm_self, self.norm_cross, self.norm_feed = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.packed, self.own = matrix(WIDTH, 3 * WIDTH), matrix(WIDTH, WIDTH)
        self.ask, self.seen = matrix(WIDTH, WIDTH), matrix(WIDTH, WIDTH)
        self.wide, self.narrow = matrix(WIDTH, HIDDEN), matrix(HIDDEN, WIDTH)

    def forward(self, x, cache, memory, place, visible):
        rows = x.shape[0]
        query, key, value = (
            part.view(rows, 1, HEADS, HEAD).transpose(1, 2) for part in self.packed(self.norm_self(x)).chunk(3, dim=-1)
        )
        cache[0].index_copy_(2, place, key)
        cache[1].index_copy_(2, place, value)
        mixed = functional.scaled_dot_product_attention(query, cache[0], cache[1], attn_mask=visible)
        x = x + self.own(mixed.transpose(1, 2).reshape(rows, 1, WIDTH))
        query = self.ask(self.norm_cross(x)).view(rows, 1, HEADS, HEAD).transpose(1, 2)
        mixed = functional.scaled_dot_product_attention(query, memory[0], memory[1])
        x = x + self.seen(mixed.transpose(1, 2).reshape(rows, 1, WIDTH))
        return x + self.narrow(functional.gelu(self.wide(self.norm_feed(x))))


class Decoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(CODES + 1, WIDTH) for _ in range(CODEBOOKS))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm, self.heads = nn.LayerNorm(WIDTH), matrix(WIDTH, CODEBOOKS * CODES)

    def forward(self, codes, caches, memories, place, visible):
        x = sum(table(codes[:, index : index + 1]) for index, table in enumerate(self.tables))
        for layer, cache, memory in zip(self.layers, caches, memories):
            x = layer(x, cache, memory, place, visible)
        cond, uncond = self.heads(self.norm(x)).view(-1, CODEBOOKS, CODES).float().chunk(2)
        best, order = (uncond + 3 * (cond - uncond)).topk(250, dim=-1)
        shares = torch.softmax(best, dim=-1)
        drawn = (shares / torch.empty_like(shares).exponential_(1)).argmax(dim=-1, keepdim=True)
        codes = order.gather(-1, drawn).squeeze(-1)
        return torch.cat([codes, codes])


def measure(model: Decoder, clips: int) -> None:
    rows = 2 * clips
    pair = lambda make, length: [tuple(make(rows, HEADS, length, HEAD, device="cuda", dtype=torch.float16) for _ in "kv") for _ in range(LAYERS)]
    caches, memories = pair(torch.zeros, COLUMNS), pair(torch.randn, MEMORY)
    step = torch.compile(model, mode="reduce-overhead", dynamic=False)
    codes = torch.full((rows, CODEBOOKS), CODES, device="cuda")
    times = []
    with torch.no_grad():
        for index in range(STEPS):
            place = torch.tensor([index], device="cuda")
            visible = (torch.arange(COLUMNS, device="cuda") <= index)[None, None, None, :]
            torch.cuda.synchronize()
            start = time.perf_counter()
            codes = step(codes, caches, memories, place, visible).clone()
            torch.cuda.synchronize()
            times.append(1000 * (time.perf_counter() - start))
    print(f"PyTorch {torch.__version__}, torch.compile with static cache, {clips} clips: {statistics.median(times[WARM_UP:]):.1f} ms per step", flush=True)
    torch._dynamo.reset()
    torch.cuda.empty_cache()


def copy_speed() -> float:
    source = torch.empty(2**31, device="cuda", dtype=torch.uint8)
    target = torch.empty_like(source)
    for _ in range(3):
        target.copy_(source)
    torch.cuda.synchronize()
    start = time.perf_counter()
    for _ in range(10):
        target.copy_(source)
    torch.cuda.synchronize()
    return 2 * 10 * 2**31 / (time.perf_counter() - start) / 1e12


if __name__ == "__main__":
    print(f"device copy {copy_speed():.2f} TB/s, read and written")
    with torch.device("cuda"):
        decoder = Decoder().half().eval()
    for count in sys.argv[1].split(","):
        measure(decoder, int(count))
